package org.posthorn.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.posthorn.mime.Defect;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.compose.IdSource;
import org.posthorn.mime.compose.MimePart;
import org.posthorn.mime.compose.OutputForm;
import org.posthorn.mime.message.Message;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.client.Content;
import org.posthorn.smtp.client.ServerAbilities;

/**
 * Content in a form that the next server takes (RFC 6152 section 3, RFC 3030 section 3): as it is
 * where it can be, otherwise encoded in quoted-printable or base64.
 *
 * @param size octets of the content
 */
record Conversion(MailParameters parameters, long size, Content content) {
  private static final IdSource BOUNDARIES = IdSource.random();

  /** Content that cannot be converted without losing some of it. */
  static final class ImpossibleException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** What is sent to a server. The message is read once more for each conversion. */
  static Conversion of(MailParameters parameters, StoredContent stored, ServerAbilities server)
      throws IOException, ImpossibleException {
    boolean eightBit = server.has("8BITMIME");
    boolean binary = server.has("BINARYMIME") && server.has("CHUNKING");
    boolean passes =
        switch (parameters.body()) {
          case SEVEN_BIT -> true;
          case EIGHT_BIT_MIME -> eightBit;
          case BINARY_MIME -> binary;
        };
    // RFC 6531 section 3.5: what needs SMTPUTF8 is returned rather than changed.
    if (passes || (parameters.smtpUtf8() && !server.has("SMTPUTF8"))) {
      return new Conversion(parameters, stored.size(), stored);
    }
    boolean utf8 = parameters.smtpUtf8();
    OutputForm form =
        eightBit ? (utf8 ? OutputForm.UTF8 : OutputForm.EIGHT_BIT) : OutputForm.SEVEN_BIT;
    BodyKind kind = eightBit ? BodyKind.EIGHT_BIT_MIME : BodyKind.SEVEN_BIT;
    MessageIndex index = Message.index(stored);
    if (index.defects().stream().anyMatch(defect -> defect.kind() == Defect.Kind.NO_PARTS)) {
      // All of a multipart without parts is what nobody reads.
      return asItIs(parameters, stored);
    }
    MimePart message = MimePart.of(Message.of(stored, index), BOUNDARIES);
    Counter counter = new Counter();
    message.writeTo(counter, form);
    String body = kind == BodyKind.SEVEN_BIT ? "7BIT" : "8BITMIME";
    return new Conversion(
        parameters.with("BODY", body),
        counter.octets,
        sink -> message.writeTo(new ChunkStream(sink), form));
  }

  /** What was declared to have eight bits need not have them. */
  private static Conversion asItIs(MailParameters parameters, StoredContent stored)
      throws IOException, ImpossibleException {
    boolean[] plain = {parameters.body() == BodyKind.EIGHT_BIT_MIME};
    stored.copyTo(
        chunk -> {
          while (plain[0] && chunk.hasRemaining()) {
            plain[0] = chunk.get() >= 0;
          }
        });
    if (!plain[0]) {
      throw new ImpossibleException();
    }
    return new Conversion(parameters.with("BODY", "7BIT"), stored.size(), stored);
  }

  private static final class Counter extends OutputStream {
    private long octets;

    @Override
    public void write(int octet) {
      octets++;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      octets += length;
    }
  }

  private static final class ChunkStream extends OutputStream {
    private final Content.Chunks sink;

    ChunkStream(Content.Chunks sink) {
      this.sink = sink;
    }

    @Override
    public void write(int octet) throws IOException {
      sink.write(ByteBuffer.wrap(new byte[] {(byte) octet}));
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      sink.write(ByteBuffer.wrap(octets, offset, length));
    }
  }
}
