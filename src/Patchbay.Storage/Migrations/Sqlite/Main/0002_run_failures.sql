-- Attempts begun and failures are not the same: a pause or a stop of the server must not use up retries.
ALTER TABLE runs ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
-- Leases in a row whose holder was never heard of again.
ALTER TABLE runs ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;
UPDATE runs SET failures = attempts WHERE status = 'Retrying';
