package org.posthorn.collector;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.MessageHeader;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Gives one message to a handler. Its sender is in its header, so some of it is held until that is
 * known.
 */
final class Handover implements OutsideMailbox.Sink, AutoCloseable {
  private static final int HEAD = 32 << 10;

  private final Transaction transaction;
  private final Source source;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private @Nullable MessageSink sink;
  private @Nullable Verdict refusal;
  private long octets;
  private boolean begun;

  Handover(MailHandler handler, Source source) throws StoreException {
    this.source = source;
    this.transaction = handler.begin(peer(source));
  }

  @Override
  public void write(ByteBuffer chunk) throws StoreException {
    octets += chunk.remaining();
    if (octets > source.octets()) {
      // The server said that it was shorter.
      throw new StoreException(StoreException.Code.TOO_BIG, "message too big");
    }
    if (!begun) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      head.writeBytes(copy);
      if (head.size() >= HEAD) {
        begin();
      }
    } else if (sink != null) {
      sink.write(chunk);
    }
  }

  private void begin() throws StoreException {
    begun = true;
    byte[] first = head.toByteArray();
    head.reset();
    Verdict from = transaction.from(sender(first), MailParameters.NONE);
    Verdict verdict =
        from.accepted()
            ? transaction.recipients(List.of(Recipient.of(source.recipient()))).get(0)
            : from;
    if (!verdict.accepted()) {
      refusal = verdict;
      return;
    }
    MessageSink opened = transaction.body(BodyKind.EIGHT_BIT_MIME, OptionalLong.empty());
    sink = opened;
    opened.write(ByteBuffer.wrap(first));
  }

  /** The message came whole. */
  Verdict finish() throws StoreException {
    if (!begun) {
      begin();
    }
    MessageSink whole = sink;
    if (whole == null) {
      return refusal == null ? new Verdict(451, "4.3.0", "Internal error") : refusal;
    }
    sink = null;
    return whole.finish().get(0);
  }

  /** What the last server wrote down (RFC 5321 section 4.4); without it nobody is answered. */
  private static ReversePath sender(byte[] head) {
    String path = MessageHeader.of(head).first("Return-Path").orElse("").strip();
    if (path.startsWith("<") && path.endsWith(">") && path.length() > 2) {
      try {
        return ReversePath.of(Address.parse(path.substring(1, path.length() - 1)));
      } catch (SmtpSyntaxException e) {
        return ReversePath.NULL;
      }
    }
    return ReversePath.NULL;
  }

  private static SmtpPeer peer(Source source) {
    InetSocketAddress unknown = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ConnectionInfo connection =
        new ConnectionInfo(source.name(), "collector", unknown, unknown, false, false);
    String helo = source.host();
    return new SmtpPeer(SmtpRole.MX, connection, helo, null, null, source.protocol().toString());
  }

  /** Whatever was not finished is given up. */
  @Override
  public void close() throws StoreException {
    try {
      if (sink != null) {
        sink.abort();
      }
    } finally {
      transaction.close();
    }
  }
}
