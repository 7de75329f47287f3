-- The file of one account, version 1. Statements end in a semicolon at the end of a line.

CREATE TABLE account (
  only_row       INTEGER PRIMARY KEY CHECK (only_row = 1),
  name           TEXT    NOT NULL,            -- so that a file tells whose it is
  uid_validity   INTEGER NOT NULL,            -- the last one given to a mailbox
  history_floor  INTEGER NOT NULL DEFAULT 0   -- account changes up to this number are forgotten
);

-- A mailbox, or with object_id null a name without one (\Noselect). The counters are kept by
-- every change, so that STATUS is one look.
CREATE TABLE mailbox (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  name            TEXT    NOT NULL UNIQUE,
  object_id       TEXT    UNIQUE,
  uid_validity    INTEGER NOT NULL DEFAULT 0,
  special_use     TEXT    NOT NULL DEFAULT '', -- attributes, separated by spaces
  uid_next        INTEGER NOT NULL DEFAULT 1,
  mod_seq         INTEGER NOT NULL DEFAULT 1,
  recent_from     INTEGER NOT NULL DEFAULT 1, -- messages from this UID on are \Recent to the next who asks
  messages        INTEGER NOT NULL DEFAULT 0,
  octets          INTEGER NOT NULL DEFAULT 0,
  unseen          INTEGER NOT NULL DEFAULT 0,
  deleted         INTEGER NOT NULL DEFAULT 0,
  deleted_octets  INTEGER NOT NULL DEFAULT 0,
  vanished_ranges INTEGER NOT NULL DEFAULT 0,
  vanished_floor  INTEGER NOT NULL DEFAULT 0  -- what vanished up to this MODSEQ is forgotten
);

CREATE TABLE subscription (
  name TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE account_change (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind     INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  old_name TEXT    NOT NULL
);

-- Keywords that messages of a mailbox have or had, in the spelling met first.
CREATE TABLE mailbox_keyword (
  mailbox INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  keyword TEXT    NOT NULL COLLATE NOCASE,
  PRIMARY KEY (mailbox, keyword)
) WITHOUT ROWID;

-- Combinations of keywords, each once, separated by spaces; a message names one. 0 is none.
CREATE TABLE keyword_set (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  keywords TEXT    NOT NULL UNIQUE
);

-- The octets of a message, shared by its copies. refs = 0: on its way in, or waiting to be freed.
CREATE TABLE body (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  refs     INTEGER NOT NULL,
  octets   INTEGER NOT NULL,
  email_id TEXT    NOT NULL
);
CREATE INDEX body_free ON body (id) WHERE refs = 0;

-- id = body * 2^20 + number of the chunk; all but the last chunk are full.
CREATE TABLE chunk (
  id   INTEGER PRIMARY KEY,
  data BLOB NOT NULL
);

CREATE TABLE mime_index (
  body INTEGER PRIMARY KEY,
  data BLOB NOT NULL
);

-- flags: 1 \Seen, 2 \Answered, 4 \Flagged, 8 \Deleted, 16 \Draft.
CREATE TABLE message (
  mailbox       INTEGER NOT NULL REFERENCES mailbox (id),
  uid           INTEGER NOT NULL,
  mod_seq       INTEGER NOT NULL,
  flags         INTEGER NOT NULL,
  keywords      INTEGER NOT NULL,
  body          INTEGER NOT NULL,
  octets        INTEGER NOT NULL,
  internal_date INTEGER NOT NULL, -- seconds since 1970
  zone          INTEGER NOT NULL, -- its offset in seconds
  save_date     INTEGER NOT NULL, -- milliseconds since 1970
  PRIMARY KEY (mailbox, uid)
) WITHOUT ROWID;
CREATE INDEX message_change ON message (mailbox, mod_seq, uid);
CREATE INDEX message_unseen ON message (mailbox, uid) WHERE flags & 1 = 0;
CREATE INDEX message_deleted ON message (mailbox, uid) WHERE flags & 8 = 8;

CREATE TABLE vanished (
  mailbox   INTEGER NOT NULL REFERENCES mailbox (id),
  mod_seq   INTEGER NOT NULL,
  first_uid INTEGER NOT NULL,
  last_uid  INTEGER NOT NULL,
  at        INTEGER NOT NULL, -- milliseconds since 1970
  PRIMARY KEY (mailbox, mod_seq, first_uid)
) WITHOUT ROWID;

-- All UIDs of a mailbox at some MODSEQ, as ranges; brought up to date from the change history.
CREATE TABLE uid_ranges (
  mailbox INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
  mod_seq INTEGER NOT NULL,
  ranges  BLOB    NOT NULL
);
