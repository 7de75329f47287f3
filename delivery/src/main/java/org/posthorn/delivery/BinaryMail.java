package org.posthorn.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.posthorn.mime.Defect;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.OctetSource;
import org.posthorn.mime.compose.IdSource;
import org.posthorn.mime.compose.MimePart;
import org.posthorn.mime.compose.OutputForm;
import org.posthorn.mime.message.Message;
import org.posthorn.store.StoreException;

/**
 * Encodes content that came as BINARYMIME (RFC 3030), so that every reader and every next server
 * can take it: NUL, lone CR and LF and lines without end are not for POP3 or plain SMTP.
 */
final class BinaryMail {
  private static final IdSource BOUNDARIES = IdSource.random();

  private BinaryMail() {}

  /**
   * Writes the content in a form for 8BITMIME; as it is where it needs no more.
   *
   * @param utf8 whether its header may be in UTF-8
   * @return false when it cannot be encoded without losing some of it
   */
  static boolean encode(Spool content, boolean utf8, Spool into) throws StoreException {
    OutputForm form = utf8 ? OutputForm.UTF8 : OutputForm.EIGHT_BIT;
    try {
      OctetSource octets = octets(content);
      MessageIndex index = Message.index(octets);
      if (index.defects().stream().anyMatch(defect -> defect.kind() == Defect.Kind.NO_PARTS)) {
        return false; // all of a multipart without parts is what nobody reads
      }
      MimePart.of(Message.of(octets, index), BOUNDARIES).writeTo(writing(into), form);
      return true;
    } catch (IOException e) {
      throw StoreException.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private static OctetSource octets(Spool content) {
    return new OctetSource() {
      @Override
      public long size() {
        return content.size();
      }

      @Override
      public int read(long position, ByteBuffer into) throws IOException {
        try {
          return content.read(position, into);
        } catch (StoreException e) {
          throw new IOException(e.getMessage(), e);
        }
      }
    };
  }

  private static OutputStream writing(Spool into) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] octets, int offset, int length) throws IOException {
        try {
          into.write(ByteBuffer.wrap(octets, offset, length));
        } catch (StoreException e) {
          throw new IOException(e.getMessage(), e);
        }
      }
    };
  }
}
