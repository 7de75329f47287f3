-- All mail of all accounts in one database. The tables and columns are those of SQLite's
-- account-N.sql and directory-N.sql, where what is not plain is explained; a column says whose row
-- it is where the row hangs on an account and not on a mailbox or a body. Text is compared octet by
-- octet.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- Its row is locked by whoever changes the account: that is what gives UIDs and MODSEQs an order.
CREATE TABLE account (
  id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name          TEXT COLLATE "C" NOT NULL UNIQUE,
  state         INTEGER NOT NULL,
  created       BIGINT NOT NULL,
  retrieved     BIGINT NOT NULL,
  uid_validity  BIGINT NOT NULL DEFAULT 0,
  history_floor BIGINT NOT NULL DEFAULT 0,
  last_change   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX account_retrieved ON account (retrieved, name);

-- Its one row is locked by whoever changes what accounts share.
CREATE TABLE uid_validity (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  floor    BIGINT NOT NULL
);
INSERT INTO uid_validity VALUES (1, 0);

CREATE TABLE quota_limit (
  root      TEXT COLLATE "C" PRIMARY KEY,
  storage   BIGINT,
  messages  BIGINT,
  mailboxes BIGINT
);

CREATE TABLE acl (
  owner      TEXT COLLATE "C" NOT NULL,
  mailbox    TEXT COLLATE "C" NOT NULL,
  identifier TEXT COLLATE "C" NOT NULL,
  rights     TEXT NOT NULL,
  PRIMARY KEY (owner, mailbox, identifier)
);
CREATE INDEX acl_identifier ON acl (identifier);

-- Account 0 is the server.
CREATE TABLE attribute (
  account BIGINT NOT NULL,
  object  TEXT COLLATE "C" NOT NULL,
  name    TEXT COLLATE "C" NOT NULL,
  value   BYTEA NOT NULL,
  PRIMARY KEY (account, object, name)
);

-- The counters change with each change of mail, most of the time in place.
CREATE TABLE mailbox (
  id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account         BIGINT NOT NULL REFERENCES account (id),
  name            TEXT COLLATE "C" NOT NULL,
  object_id       TEXT COLLATE "C",
  uid_validity    BIGINT NOT NULL DEFAULT 0,
  special_use     TEXT NOT NULL DEFAULT '',
  uid_next        BIGINT NOT NULL DEFAULT 1,
  mod_seq         BIGINT NOT NULL DEFAULT 1,
  recent_from     BIGINT NOT NULL DEFAULT 1,
  messages        BIGINT NOT NULL DEFAULT 0,
  octets          BIGINT NOT NULL DEFAULT 0,
  unseen          BIGINT NOT NULL DEFAULT 0,
  deleted         BIGINT NOT NULL DEFAULT 0,
  deleted_octets  BIGINT NOT NULL DEFAULT 0,
  vanished_ranges BIGINT NOT NULL DEFAULT 0,
  vanished_floor  BIGINT NOT NULL DEFAULT 0,
  UNIQUE (account, name),
  UNIQUE (account, object_id)
) WITH (fillfactor = 50);

CREATE TABLE subscription (
  account BIGINT NOT NULL REFERENCES account (id),
  name    TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account, name)
);

CREATE TABLE account_change (
  account  BIGINT NOT NULL REFERENCES account (id),
  seq      BIGINT NOT NULL,
  kind     INTEGER NOT NULL,
  name     TEXT COLLATE "C" NOT NULL,
  old_name TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account, seq)
);

CREATE TABLE mailbox_keyword (
  mailbox BIGINT NOT NULL REFERENCES mailbox (id),
  keyword TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX mailbox_keyword_once ON mailbox_keyword (mailbox, lower(keyword));

CREATE TABLE keyword_set (
  id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account  BIGINT NOT NULL REFERENCES account (id),
  keywords TEXT COLLATE "C" NOT NULL,
  UNIQUE (account, keywords)
);

CREATE TABLE body (
  id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account  BIGINT NOT NULL REFERENCES account (id),
  refs     BIGINT NOT NULL,
  octets   BIGINT NOT NULL,
  email_id TEXT COLLATE "C" NOT NULL,
  thread   TEXT COLLATE "C",
  indexed  INTEGER NOT NULL DEFAULT 0,
  touched  BIGINT NOT NULL
);
CREATE INDEX body_free ON body (account, id) WHERE refs = 0;
CREATE INDEX body_to_index ON body (account, id) WHERE indexed = 0;
CREATE INDEX body_not_indexable ON body (account, id) WHERE indexed = 2;
CREATE INDEX body_thread ON body (account, thread) WHERE thread IS NOT NULL;

-- Not compressed here, so that a range is read without the octets before it.
CREATE TABLE chunk (
  id   BIGINT PRIMARY KEY,
  data BYTEA NOT NULL
);
ALTER TABLE chunk ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE mime_index (
  body BIGINT PRIMARY KEY,
  data BYTEA NOT NULL
);

CREATE TABLE message (
  mailbox       BIGINT NOT NULL REFERENCES mailbox (id),
  uid           BIGINT NOT NULL,
  mod_seq       BIGINT NOT NULL,
  flags         INTEGER NOT NULL,
  keywords      BIGINT NOT NULL,
  body          BIGINT NOT NULL,
  octets        BIGINT NOT NULL,
  internal_date BIGINT NOT NULL,
  zone          INTEGER NOT NULL,
  save_date     BIGINT NOT NULL,
  PRIMARY KEY (mailbox, uid)
);
CREATE INDEX message_change ON message (mailbox, mod_seq, uid);
CREATE INDEX message_unseen ON message (mailbox, uid) WHERE flags & 1 = 0;
CREATE INDEX message_deleted ON message (mailbox, uid) WHERE flags & 8 = 8;

CREATE TABLE vanished (
  mailbox   BIGINT NOT NULL REFERENCES mailbox (id),
  mod_seq   BIGINT NOT NULL,
  first_uid BIGINT NOT NULL,
  last_uid  BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (mailbox, mod_seq, first_uid)
);

CREATE TABLE uid_ranges (
  mailbox BIGINT PRIMARY KEY REFERENCES mailbox (id),
  mod_seq BIGINT NOT NULL,
  ranges  BYTEA NOT NULL
);

CREATE TABLE thread_key (
  account BIGINT NOT NULL REFERENCES account (id),
  id      TEXT COLLATE "C" NOT NULL,
  thread  TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account, id)
);
CREATE INDEX thread_key_thread ON thread_key (account, thread);

-- Who has a mailbox for himself, and until when (milliseconds since 1970).
CREATE TABLE lease (
  mailbox BIGINT PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
  holder  TEXT NOT NULL,
  expires BIGINT NOT NULL
);

-- Texts folded as i;unicode-casemap does.
CREATE TABLE text_index (
  body    BIGINT PRIMARY KEY,
  account BIGINT NOT NULL,
  header  TEXT COLLATE "C" NOT NULL,
  content TEXT COLLATE "C" NOT NULL
);
CREATE INDEX text_index_trigrams ON text_index
  USING gin (account, header gin_trgm_ops, content gin_trgm_ops);
