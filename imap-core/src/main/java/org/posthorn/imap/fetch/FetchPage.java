package org.posthorn.imap.fetch;

import java.util.List;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * What one {@link FetchCall} gives. To be closed if its output is not sent.
 *
 * @param output complete FETCH responses
 * @param seen the messages that have become \Seen by this, told in their responses
 * @param modSeq the MODSEQ of that change, 0 when there was none
 * @param gone messages asked for that do not exist any more and were passed over
 * @param undecodable messages of which something is encoded in an unknown way; passed over
 * @param spokenModSeq the greatest MODSEQ in the output, 0 when there is none
 * @param next the first UID that was not looked at, 0 when all were
 */
public record FetchPage(
    List<FetchOutput.Piece> output,
    UidSet seen,
    long modSeq,
    UidSet gone,
    UidSet undecodable,
    long spokenModSeq,
    long next)
    implements AutoCloseable {

  /** Closes what was to be streamed. */
  @Override
  public void close() throws StoreException {
    FetchOutput.close(output);
  }
}
