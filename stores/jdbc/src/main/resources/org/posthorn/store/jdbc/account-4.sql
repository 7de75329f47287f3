-- One schema for two engines: where many accounts share tables a column says whose row it is. In a
-- file of its own an account is number 1.
ALTER TABLE account ADD COLUMN id INTEGER NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN last_change INTEGER NOT NULL DEFAULT 0;
UPDATE account SET last_change = coalesce((SELECT max(seq) FROM account_change), history_floor);
ALTER TABLE mailbox ADD COLUMN account INTEGER NOT NULL DEFAULT 1;
ALTER TABLE subscription ADD COLUMN account INTEGER NOT NULL DEFAULT 1;
ALTER TABLE account_change ADD COLUMN account INTEGER NOT NULL DEFAULT 1;
ALTER TABLE keyword_set ADD COLUMN account INTEGER NOT NULL DEFAULT 1;
ALTER TABLE attribute ADD COLUMN account INTEGER NOT NULL DEFAULT 1;
ALTER TABLE thread_key ADD COLUMN account INTEGER NOT NULL DEFAULT 1;
ALTER TABLE body ADD COLUMN account INTEGER NOT NULL DEFAULT 1;

-- When it was begun, or lost its last reference; seconds since 1970.
ALTER TABLE body ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
