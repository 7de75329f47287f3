-- A MOVE between two accounts that is half done. The file of the target has an attribute of the
-- account named 'move/NAME' from the moment on that the copies are there.
CREATE TABLE account_move (
  name           TEXT PRIMARY KEY,
  source         TEXT NOT NULL,
  source_mailbox TEXT NOT NULL,
  uids           TEXT NOT NULL,
  target         TEXT NOT NULL
) WITHOUT ROWID;
