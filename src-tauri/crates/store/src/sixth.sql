-- The shift that a register was seen open with: what a closing by the clock without a link is for.
ALTER TABLE sightings ADD COLUMN shift INTEGER;
