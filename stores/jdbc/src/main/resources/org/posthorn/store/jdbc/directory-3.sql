-- Seconds since 1970. Nobody knows when the accounts that are there were last looked at: now.
ALTER TABLE account ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN retrieved INTEGER NOT NULL DEFAULT 0;
UPDATE account SET created = unixepoch(), retrieved = unixepoch();
CREATE INDEX account_retrieved ON account (retrieved, name);

-- Access control lists. A mailbox is named by its identity, which survives a rename.
CREATE TABLE acl (
  owner      TEXT NOT NULL,
  mailbox    TEXT NOT NULL,
  identifier TEXT NOT NULL,
  rights     TEXT NOT NULL,
  PRIMARY KEY (owner, mailbox, identifier)
) WITHOUT ROWID;
CREATE INDEX acl_identifier ON acl (identifier);

-- As in the files of accounts; here of the server.
CREATE TABLE attribute (
  object TEXT NOT NULL,
  name   TEXT NOT NULL,
  value  BLOB NOT NULL,
  PRIMARY KEY (object, name)
) WITHOUT ROWID;
