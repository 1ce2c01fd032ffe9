-- Times are UTC microseconds, amounts are tiyn, hashes are SHA-256 in lower-case hex.

CREATE TABLE reports (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    server      TEXT NOT NULL,
    kkm         INTEGER NOT NULL,
    kkm_name    TEXT,
    shift       INTEGER,
    shift_index INTEGER,
    kind        TEXT NOT NULL CHECK (kind IN ('x', 'sections', 'z')),
    taken       INTEGER NOT NULL,
    amount      INTEGER,
    report      TEXT NOT NULL,
    raw         TEXT NOT NULL,
    previous    TEXT NOT NULL,
    hash        TEXT NOT NULL
) STRICT;
CREATE INDEX reports_by_register ON reports (kkm, number);
CREATE INDEX reports_by_kind ON reports (server, kkm, kind, number);

CREATE TABLE operations (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The intent: written once.
    server        TEXT NOT NULL,
    login         TEXT NOT NULL,
    kkm           INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('open', 'x', 'sections', 'z')),
    uid           TEXT,
    body          TEXT NOT NULL,
    autonomous    INTEGER,
    cash_counted  INTEGER,
    cash_expected INTEGER,
    cash_reason   TEXT,
    at            INTEGER NOT NULL,
    -- What became of it.
    state         TEXT NOT NULL
                  CHECK (state IN ('prepared', 'sent', 'confirmed', 'refused', 'unknown', 'abandoned')),
    shift         INTEGER,
    sent          INTEGER,
    settled       INTEGER,
    raw           TEXT,
    next_uid      TEXT,
    code          TEXT,
    message       TEXT,
    report        INTEGER REFERENCES reports (number),
    report_hash   TEXT,
    -- Who is at it.
    owner         TEXT NOT NULL,
    lease_until   INTEGER NOT NULL,
    -- The chain of finished rows, in the order in which they were finished.
    finish        INTEGER UNIQUE,
    previous      TEXT,
    hash          TEXT,
    CHECK ((finish IS NOT NULL) = (state IN ('confirmed', 'refused', 'abandoned'))),
    CHECK ((finish IS NULL) = (hash IS NULL))
) STRICT;
CREATE UNIQUE INDEX one_operation_per_register ON operations (server, kkm) WHERE state IN ('prepared', 'sent');
CREATE INDEX operations_by_register ON operations (kkm, number);
CREATE INDEX operations_unresolved ON operations (server, kkm) WHERE state = 'unknown';

CREATE TRIGGER reports_are_not_changed BEFORE UPDATE ON reports
BEGIN SELECT RAISE(ABORT, 'an archived report is never changed'); END;
CREATE TRIGGER reports_are_not_deleted BEFORE DELETE ON reports
BEGIN SELECT RAISE(ABORT, 'an archived report is never deleted'); END;
CREATE TRIGGER reports_are_not_replaced BEFORE INSERT ON reports
WHEN EXISTS (SELECT 1 FROM reports WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'an archived report is never replaced'); END;

CREATE TRIGGER finished_operations_are_not_changed BEFORE UPDATE ON operations WHEN OLD.finish IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a finished operation is never changed'); END;
CREATE TRIGGER intents_are_not_changed
BEFORE UPDATE OF number, server, login, kkm, kind, uid, body, autonomous, cash_counted, cash_expected, cash_reason, at
ON operations
BEGIN SELECT RAISE(ABORT, 'an intent is never changed'); END;
CREATE TRIGGER operations_are_not_deleted BEFORE DELETE ON operations
BEGIN SELECT RAISE(ABORT, 'an operation is never deleted'); END;
CREATE TRIGGER operations_are_not_replaced BEFORE INSERT ON operations
WHEN EXISTS (SELECT 1 FROM operations WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'an operation is never replaced'); END;

-- The Uid that the next operation on a register will carry.
CREATE TABLE uids (
    server TEXT NOT NULL,
    kkm    INTEGER NOT NULL,
    uid    TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (server, kkm)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    server TEXT NOT NULL,
    login  TEXT NOT NULL,
    user   INTEGER NOT NULL,
    name   TEXT,
    PRIMARY KEY (server, login)
) STRICT, WITHOUT ROWID;

-- How a master key is found again; the key itself is never here. `entry` names it in the key store.
CREATE TABLE keys (
    kept     TEXT PRIMARY KEY CHECK (kept IN ('keyring', 'passphrase')),
    entry    TEXT,
    salt     BLOB,
    memory   INTEGER,
    passes   INTEGER,
    lanes    INTEGER,
    verifier BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed (
    server TEXT NOT NULL,
    login  TEXT NOT NULL,
    what   TEXT NOT NULL CHECK (what IN ('password', 'token')),
    kept   TEXT NOT NULL REFERENCES keys (kept) ON DELETE CASCADE,
    box    BLOB NOT NULL,
    PRIMARY KEY (server, login, what),
    FOREIGN KEY (server, login) REFERENCES accounts (server, login) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
