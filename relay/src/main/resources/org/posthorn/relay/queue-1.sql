-- The outbound queue, version 1. Statements end in a semicolon at the end of a line.

CREATE TABLE message (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  sender     TEXT    NOT NULL,            -- empty for the null reverse-path
  parameters TEXT    NOT NULL,            -- of MAIL: KEYWORD=VALUE, separated by spaces
  arrived    INTEGER NOT NULL,            -- milliseconds since 1970
  size       INTEGER NOT NULL,
  delay_told INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE chunk (
  message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  octets  BLOB    NOT NULL,
  PRIMARY KEY (message, number)
) WITHOUT ROWID;

-- Who has not got it yet. A row disappears in the transaction that notes success, or that puts the
-- bounce into the queue.
CREATE TABLE recipient (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  message      INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  address      TEXT    NOT NULL,
  parameters   TEXT    NOT NULL,          -- of RCPT
  destination  TEXT    NOT NULL,          -- the domain, in lower case, as A-labels
  attempts     INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL,          -- milliseconds since 1970
  last_reply   TEXT    NOT NULL DEFAULT ''
);

CREATE INDEX recipient_due ON recipient (next_attempt);

CREATE INDEX recipient_message ON recipient (message);
