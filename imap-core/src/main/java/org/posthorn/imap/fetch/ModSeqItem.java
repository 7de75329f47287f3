package org.posthorn.imap.fetch;

/** RFC 7162 section 3.1.4.2: when a message changed, on its mailbox's own scale. */
public enum ModSeqItem implements FetchItem {
  MODSEQ;

  @Override
  public void write(StoredMessage message, FetchOutput out) {
    long modSeq = message.row().modSeq();
    out.encoder().words("MODSEQ (").number(modSeq).close();
    out.spoke(modSeq);
  }
}
