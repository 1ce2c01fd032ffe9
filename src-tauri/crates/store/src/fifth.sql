-- The shift that a queued closing is for, where it was known.
ALTER TABLE outbox ADD COLUMN shift INTEGER;
CREATE TRIGGER queued_shifts_are_not_changed BEFORE UPDATE OF shift ON outbox
BEGIN SELECT RAISE(ABORT, 'a queued operation is never changed'); END;
-- The row of the outbox in which a closing by the clock waits.
ALTER TABLE scheduled_runs ADD COLUMN outbox INTEGER REFERENCES outbox (number);
