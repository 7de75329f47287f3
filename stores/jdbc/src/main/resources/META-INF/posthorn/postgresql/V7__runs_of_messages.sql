-- See account-7.sql.
CREATE TABLE message_state (
  mailbox   BIGINT NOT NULL REFERENCES mailbox (id),
  first_uid BIGINT NOT NULL,
  last_uid  BIGINT NOT NULL,
  mod_seq   BIGINT NOT NULL,
  flags     INTEGER NOT NULL,
  keywords  BIGINT NOT NULL,
  PRIMARY KEY (mailbox, last_uid)
);

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

ALTER TABLE message DROP COLUMN mod_seq, DROP COLUMN flags, DROP COLUMN keywords;
