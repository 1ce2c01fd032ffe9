-- Autonomous mode: registers of which somebody said that they have a licence for it.
CREATE TABLE licences (
    server TEXT NOT NULL,
    kkm    INTEGER NOT NULL,
    name   TEXT,
    login  TEXT NOT NULL,
    since  INTEGER NOT NULL,
    PRIMARY KEY (server, kkm)
) STRICT, WITHOUT ROWID;

-- What was done without a link and is still to be told to the server, register by register in the order of its numbers.
CREATE TABLE outbox (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The intent: written once. `date` is a whole second.
    server        TEXT NOT NULL,
    login         TEXT NOT NULL,
    kkm           INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('open', 'z')),
    date          INTEGER NOT NULL CHECK (date % 1000000 = 0),
    cash_counted  INTEGER,
    cash_expected INTEGER,
    cash_reason   TEXT,
    at            INTEGER NOT NULL,
    -- What became of it.
    state         TEXT NOT NULL CHECK (state IN ('queued', 'stopped', 'done', 'withdrawn')),
    operation     INTEGER REFERENCES operations (number),
    settled       INTEGER,
    code          TEXT,
    message       TEXT
) STRICT;
CREATE INDEX outbox_by_register ON outbox (server, kkm, number);
CREATE INDEX outbox_waiting ON outbox (server, kkm, number) WHERE state IN ('queued', 'stopped');
CREATE INDEX outbox_by_operation ON outbox (operation) WHERE operation IS NOT NULL;

CREATE TRIGGER queued_intents_are_not_changed
BEFORE UPDATE OF number, server, login, kkm, kind, date, cash_counted, cash_expected, cash_reason, at ON outbox
BEGIN SELECT RAISE(ABORT, 'a queued operation is never changed'); END;
CREATE TRIGGER settled_outbox_is_not_changed BEFORE UPDATE ON outbox WHEN OLD.state IN ('done', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a settled operation of the outbox is never changed'); END;
CREATE TRIGGER outbox_is_not_deleted BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'an operation of the outbox is never deleted'); END;
CREATE TRIGGER outbox_is_not_replaced BEFORE INSERT ON outbox WHEN EXISTS (SELECT 1 FROM outbox WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'an operation of the outbox is never replaced'); END;

-- The latest moment, by the server's clock, at which something was done on a register: no `Date` goes back behind it.
CREATE TABLE moments (
    server TEXT NOT NULL,
    kkm    INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    PRIMARY KEY (server, kkm)
) STRICT, WITHOUT ROWID;

-- Lists of the archive are by the time at which a report was taken. Each list walks the index that list.rs names; what
-- stands behind `number` lets it pass over a row without reading it.
DROP INDEX reports_by_register;
CREATE INDEX reports_by_time ON reports (taken, number);
CREATE INDEX reports_of_server ON reports (server, taken, number);
CREATE INDEX reports_of_kind ON reports (kind, taken, number);
CREATE INDEX reports_of_server_and_kind ON reports (server, kind, taken, number);
CREATE INDEX reports_of_register ON reports (kkm, taken, number, server, kind, shift_index, amount);
CREATE INDEX reports_of_shift ON reports (shift_index, taken, number, server, kind, amount);
CREATE INDEX reports_of_amount ON reports (amount, taken, number, server, kind);

-- The Z-reports of a register in the order of its shifts.
CREATE INDEX zs_of_register ON reports (server, kkm, shift_index, taken, number) WHERE kind = 'z';
