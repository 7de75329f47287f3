-- The outbound queue, version 2: mail that is held until a time (RFC 4865), that is to be delivered
-- by a time (RFC 2852), and priorities (RFC 6710). What goes the same way shares a destination,
-- which need not be a domain.

ALTER TABLE message ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
UPDATE message SET released = arrived;
ALTER TABLE message ADD COLUMN deadline_told INTEGER NOT NULL DEFAULT 0;

ALTER TABLE recipient ADD COLUMN domain TEXT NOT NULL DEFAULT '';
UPDATE recipient SET domain = destination;
ALTER TABLE recipient ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;

CREATE INDEX recipient_turn ON recipient (priority, next_attempt);
