-- Registers as they were seen last, shown where they cannot be read.
CREATE TABLE sightings (
    server     TEXT NOT NULL,
    kkm        INTEGER NOT NULL,
    login      TEXT NOT NULL,
    name       TEXT,
    address    TEXT,
    znm        TEXT,
    rnm        TEXT,
    seen       INTEGER NOT NULL,
    state      TEXT NOT NULL,
    -- When its shift becomes 24 hours old, where one was open.
    overdue_at INTEGER,
    PRIMARY KEY (server, kkm)
) STRICT, WITHOUT ROWID;

-- Registers that are closed by themselves, and up to when what was due has been seen to.
CREATE TABLE schedules (
    server  TEXT NOT NULL,
    kkm     INTEGER NOT NULL,
    name    TEXT,
    login   TEXT NOT NULL,
    -- Minutes of the local day.
    at      INTEGER NOT NULL CHECK (at BETWEEN 0 AND 1439),
    since   INTEGER NOT NULL,
    checked INTEGER NOT NULL,
    PRIMARY KEY (server, kkm)
) STRICT, WITHOUT ROWID;

-- What became of each due time; a row is there before anything is done about it, so nothing is done twice.
CREATE TABLE scheduled_runs (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    server  TEXT NOT NULL,
    kkm     INTEGER NOT NULL,
    name    TEXT,
    due     INTEGER NOT NULL,
    begun   INTEGER NOT NULL,
    outcome TEXT NOT NULL
            CHECK (outcome IN ('running', 'closed', 'queued', 'skipped', 'failed', 'unknown', 'missed')),
    report  INTEGER REFERENCES reports (number),
    -- Why it was not closed: as the person is told.
    problem TEXT,
    -- Who is at it.
    owner   TEXT NOT NULL,
    told    INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    UNIQUE (server, kkm, due)
) STRICT;
CREATE INDEX runs_to_settle ON scheduled_runs (number) WHERE outcome IN ('running', 'queued', 'unknown');
CREATE INDEX runs_to_tell ON scheduled_runs (number) WHERE told = 0;
