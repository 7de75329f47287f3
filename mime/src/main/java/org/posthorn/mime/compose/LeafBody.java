package org.posthorn.mime.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.posthorn.mime.Base64Encoder;
import org.posthorn.mime.ContentCodec;
import org.posthorn.mime.Octets;
import org.posthorn.mime.QuotedPrintableEncoder;

/** One content; a text gets the least transfer encoding that it needs, all else base64. */
record LeafBody(String mediaType, Content content) implements PartBody {

  private static final int BUFFER = 8192;

  @Override
  public Prepared prepare(List<OutgoingField> fields, OutputForm form) throws IOException {
    if (!mediaType.toLowerCase(Locale.ROOT).startsWith("text/")) {
      return base64(fields, form);
    }
    ContentScan scan;
    try (InputStream in = content.open()) {
      scan = ContentScan.of(in);
    }
    if (scan.isPermitted(form)) {
      return plain(fields, form, content, scan.isEightBit());
    }
    return encoded(fields, form, scan);
  }

  /** In the shorter of the two encodings. */
  Prepared encoded(List<OutgoingField> fields, OutputForm form, ContentScan scan) {
    if (!scan.suitsQuotedPrintable()) {
      return base64(fields, form);
    }
    Octets header = Prepared.header(fields, form, "Content-Transfer-Encoding: quoted-printable");
    boolean binary = scan.hasBareLineEnds();
    return new Prepared(
        header,
        out -> {
          encode(binary ? QuotedPrintableEncoder.ofBinary() : QuotedPrintableEncoder.ofText(), out);
        },
        false,
        List.of());
  }

  static Prepared plain(
      List<OutgoingField> fields, OutputForm form, Content content, boolean eightBit) {
    String encoding = eightBit ? "Content-Transfer-Encoding: 8bit" : "";
    return verbatim(Prepared.header(fields, form, encoding), content, eightBit);
  }

  /** A body that stands as it is. */
  static Prepared verbatim(Octets header, Content content, boolean eightBit) {
    return new Prepared(
        header,
        out -> {
          try (InputStream in = content.open()) {
            in.transferTo(out);
          }
        },
        eightBit,
        List.of(content));
  }

  private Prepared base64(List<OutgoingField> fields, OutputForm form) {
    Octets header = Prepared.header(fields, form, "Content-Transfer-Encoding: base64");
    return new Prepared(header, out -> encode(new Base64Encoder(), out), false, List.of());
  }

  private void encode(ContentCodec codec, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    byte[] target = new byte[BUFFER];
    ByteBuffer encoded = ByteBuffer.wrap(target);
    try (InputStream in = content.open()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        ByteBuffer octets = ByteBuffer.wrap(buffer, 0, n);
        while (octets.hasRemaining()) {
          codec.convert(octets, encoded);
          drain(encoded, target, out);
        }
      }
    }
    boolean finished;
    do {
      finished = codec.finish(encoded);
      drain(encoded, target, out);
    } while (!finished);
  }

  private static void drain(ByteBuffer encoded, byte[] target, OutputStream out)
      throws IOException {
    out.write(target, 0, encoded.position());
    encoded.clear();
  }
}
