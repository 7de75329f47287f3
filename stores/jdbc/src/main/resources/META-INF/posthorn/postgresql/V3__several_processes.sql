-- In which shared quota roots an account counts, a line each; brought up to date when a store with a
-- policy opens, and when the account is counted anew.
ALTER TABLE account ADD COLUMN quota_roots TEXT COLLATE "C" NOT NULL DEFAULT '';

-- What is used of each, over all accounts; its row is locked by whoever changes a member.
CREATE TABLE quota_root (
  root      TEXT COLLATE "C" PRIMARY KEY,
  storage   BIGINT NOT NULL,
  messages  BIGINT NOT NULL,
  mailboxes BIGINT NOT NULL
) WITH (fillfactor = 50);

-- The advisory lock that the holder's process has while it is connected; 0 is of an older release.
ALTER TABLE lease ADD COLUMN process BIGINT NOT NULL DEFAULT 0;
