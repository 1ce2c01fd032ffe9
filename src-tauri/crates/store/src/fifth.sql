-- The row of the outbox in which a closing by the clock waits.
ALTER TABLE scheduled_runs ADD COLUMN outbox INTEGER REFERENCES outbox (number);
