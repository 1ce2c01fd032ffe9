-- What is to be printed, and what became of it. It is worked off in the order of its numbers, printer by printer.
CREATE TABLE prints (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The archived report; none is a test page.
    report      INTEGER REFERENCES reports (number),
    -- Which of the report's documents: itself, with or without the shift's documents, or the slip of its cash count.
    form        TEXT NOT NULL CHECK (form IN ('report', 'with-documents', 'cash-count')),
    printer     TEXT NOT NULL,
    paper       TEXT NOT NULL,
    language    TEXT NOT NULL,
    at          INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('queued', 'printing', 'done', 'failed', 'cancelled')),
    -- Whether the report had been printed before, as the last attempt found it.
    copy        INTEGER NOT NULL DEFAULT 0 CHECK (copy IN (0, 1)),
    attempts    INTEGER NOT NULL DEFAULT 0,
    next        INTEGER NOT NULL,
    code        TEXT,
    detail      TEXT,
    -- Who prints it, and until when others believe that.
    owner       TEXT NOT NULL DEFAULT '',
    lease_until INTEGER NOT NULL DEFAULT 0,
    settled     INTEGER
) STRICT;
CREATE INDEX prints_waiting ON prints (printer, number) WHERE state IN ('queued', 'printing');
CREATE INDEX prints_settled ON prints (settled) WHERE settled IS NOT NULL;

-- Which documents of which reports were printed, and when first: a second print says that it is one.
CREATE TABLE printed (
    report INTEGER NOT NULL REFERENCES reports (number),
    form   TEXT NOT NULL,
    first  INTEGER NOT NULL,
    PRIMARY KEY (report, form)
) STRICT, WITHOUT ROWID;
