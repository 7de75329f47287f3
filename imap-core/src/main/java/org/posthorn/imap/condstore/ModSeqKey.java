package org.posthorn.imap.condstore;

import org.posthorn.imap.search.SearchKey;
import org.posthorn.imap.search.SearchMessage;
import org.posthorn.imap.search.SearchParser;
import org.posthorn.imap.wire.SyntaxException;

/** RFC 7162 section 3.1.5: messages with this MODSEQ or a greater one. */
public record ModSeqKey(long least) implements SearchKey {

  /**
   * {@code ["MODSEQ"] [SP entry-name SP entry-type-req] SP mod-sequence-valzer}. There is one
   * MODSEQ for all metadata of a message, so that the entry is read and passed over.
   */
  static ModSeqKey parse(SearchParser in) throws SyntaxException {
    if (in.isStringNext()) {
      in.astring();
      in.atom();
    }
    return new ModSeqKey(in.number());
  }

  @Override
  public Cost cost() {
    return Cost.STATE;
  }

  @Override
  public boolean tellsModSeq() {
    return true;
  }

  @Override
  public boolean matches(SearchMessage message) {
    return message.row().modSeq() >= least;
  }
}
