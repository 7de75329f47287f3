-- How many octets a chunk inflates to (raw deflate); 0 where its data are the octets themselves.
ALTER TABLE chunk ADD COLUMN packed INTEGER NOT NULL DEFAULT 0;
