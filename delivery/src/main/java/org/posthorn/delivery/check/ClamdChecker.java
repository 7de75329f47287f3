package org.posthorn.delivery.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Refuses mail in which ClamAV's daemon finds something, by its command INSTREAM. The daemon's
 * {@code StreamMaxLength} must not be below the largest message that is taken; what it calls too
 * long counts as not checked.
 */
public final class ClamdChecker implements Checker {
  private static final int REPLY = 4_096;

  private final Endpoint endpoint;

  public ClamdChecker(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Check begin(SmtpPeer peer) {
    return this::check;
  }

  private Findings check(Spool content) throws StoreException {
    String reply = ask(content);
    // "stream: OK" or "stream: Name.Of.It FOUND"
    String text = reply.startsWith("stream: ") ? reply.substring(8) : reply;
    if (text.equals("OK")) {
      return Findings.NOTHING;
    }
    if (text.endsWith(" FOUND")) {
      String name = text.substring(0, text.length() - 6).replaceAll("[^ -~]", "?");
      return Findings.refused(new Verdict(554, "5.7.1", "Message infected: " + name));
    }
    throw new StoreException(StoreException.Code.UNAVAILABLE, "clamd: " + reply);
  }

  private String ask(Spool content) throws StoreException {
    try (DaemonChannel clamd = DaemonChannel.connect(endpoint)) {
      clamd.write(ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)));
      try {
        content.copyTo(
            chunk -> {
              clamd.write(ByteBuffer.allocate(4).putInt(chunk.remaining()).flip());
              clamd.write(chunk);
            });
        clamd.write(ByteBuffer.allocate(4));
      } catch (StoreException e) {
        // It says why it wants no more before it closes.
        String why = clamd.readUntil('\0', REPLY);
        throw why.isEmpty()
            ? e
            : new StoreException(StoreException.Code.UNAVAILABLE, "clamd: " + why, e);
      }
      return clamd.readUntil('\0', REPLY).strip();
    }
  }
}
