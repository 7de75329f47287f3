-- Whether the texts of a message are in text_index: 0 not yet, 1 yes, 2 they cannot be.
ALTER TABLE body ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX body_to_index ON body (id) WHERE indexed = 0;
CREATE INDEX body_not_indexable ON body (id) WHERE indexed = 2;

-- Texts folded as i;unicode-casemap does, by the number of their body; the texts themselves are not kept.
CREATE VIRTUAL TABLE text_index USING fts5 (
  header, body, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
);
