-- When an operation was about to be sent the first time; `sent` is the last one: a Z whose answer got lost is sent again, with
-- the same Uid.
ALTER TABLE operations ADD COLUMN first_sent INTEGER;
