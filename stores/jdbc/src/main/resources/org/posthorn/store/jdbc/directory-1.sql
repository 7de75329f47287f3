-- What accounts share, version 1. Statements end in a semicolon at the end of a line.

-- state: 0 being made, 1 there, 2 being deleted. What a crash left half done is finished later.
CREATE TABLE account (
  name  TEXT PRIMARY KEY,
  state INTEGER NOT NULL
) WITHOUT ROWID;

-- Mailboxes of new accounts get a UIDVALIDITY above all that deleted accounts had.
CREATE TABLE uid_validity (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  floor    INTEGER NOT NULL
);
INSERT INTO uid_validity VALUES (1, 0);
