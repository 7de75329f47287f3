-- Limits that were set by the administrator; null is no limit.
CREATE TABLE quota_limit (
  root      TEXT PRIMARY KEY,
  storage   INTEGER, -- octets
  messages  INTEGER,
  mailboxes INTEGER
) WITHOUT ROWID;
