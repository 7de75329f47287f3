-- What a STORE changes of messages stands once for each run of messages that have it in common: a
-- change of many is a change of few rows. Each message lies in one run; a run begins and ends with
-- a message, and UIDs in between may be of none.
CREATE TABLE message_state (
  mailbox   INTEGER NOT NULL REFERENCES mailbox (id),
  first_uid INTEGER NOT NULL,
  last_uid  INTEGER NOT NULL,
  mod_seq   INTEGER NOT NULL,
  flags     INTEGER NOT NULL, -- 1 \Seen, 2 \Answered, 4 \Flagged, 8 \Deleted, 16 \Draft
  keywords  INTEGER NOT NULL,
  PRIMARY KEY (mailbox, last_uid)
) WITHOUT ROWID;

INSERT INTO message_state (mailbox, first_uid, last_uid, mod_seq, flags, keywords)
  SELECT mailbox, min(uid), max(uid), mod_seq, flags, keywords FROM (
    SELECT mailbox, uid, mod_seq, flags, keywords,
      row_number() OVER (PARTITION BY mailbox ORDER BY uid)
      - row_number() OVER (PARTITION BY mailbox, mod_seq, flags, keywords ORDER BY uid) AS island
    FROM message) AS m
  GROUP BY mailbox, mod_seq, flags, keywords, island;

CREATE INDEX state_change ON message_state (mailbox, mod_seq, last_uid);
CREATE INDEX state_unseen ON message_state (mailbox, last_uid) WHERE flags & 1 = 0;
CREATE INDEX state_deleted ON message_state (mailbox, last_uid) WHERE flags & 8 = 8;

DROP INDEX message_change;
DROP INDEX message_unseen;
DROP INDEX message_deleted;
ALTER TABLE message DROP COLUMN mod_seq;
ALTER TABLE message DROP COLUMN flags;
ALTER TABLE message DROP COLUMN keywords;
