-- What hangs on a mailbox (of this or another account), or with an empty object on the account:
-- entries of METADATA, keys of URLAUTH.
CREATE TABLE attribute (
  object TEXT NOT NULL,
  name   TEXT NOT NULL,
  value  BLOB NOT NULL,
  PRIMARY KEY (object, name)
) WITHOUT ROWID;

-- Null for messages that came before there were threads.
ALTER TABLE body ADD COLUMN thread TEXT;
CREATE INDEX body_thread ON body (thread) WHERE thread IS NOT NULL;

-- Short keys of the Message-IDs that messages of a thread have or name.
CREATE TABLE thread_key (
  id     TEXT PRIMARY KEY,
  thread TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX thread_key_thread ON thread_key (thread);
