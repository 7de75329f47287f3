-- All bodies of an account, for its deletion, and those of a thread.
DROP INDEX body_thread;
CREATE INDEX body_thread ON body (account, thread);

-- Those that wait to be freed, by how long they have waited.
DROP INDEX body_free;
CREATE INDEX body_free ON body (account, touched) WHERE refs = 0;

-- Combinations of long keywords do not fit into an entry of an index.
ALTER TABLE keyword_set DROP CONSTRAINT keyword_set_account_keywords_key;
CREATE INDEX keyword_set_keywords ON keyword_set (account, substr(keywords, 1, 500));
