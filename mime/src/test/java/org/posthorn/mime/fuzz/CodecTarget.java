package org.posthorn.mime.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.posthorn.mime.Base64Decoder;
import org.posthorn.mime.Base64Encoder;
import org.posthorn.mime.ContentCodec;
import org.posthorn.mime.QuotedPrintableDecoder;
import org.posthorn.mime.QuotedPrintableEncoder;
import org.posthorn.mime.TransferEncoding;

/** Codecs take any octets, give the same however they are cut, and undo each other. */
public final class CodecTarget {

  private CodecTarget() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    for (TransferEncoding encoding : TransferEncoding.values()) {
      byte[] whole = convert(encoding.decoder(), data, data.length + 1);
      IndexTarget.check(
          Arrays.equals(whole, convert(encoding.decoder(), data, 3)), "cut " + encoding);
    }
    undone(new Base64Encoder(), new Base64Decoder(), data);
    undone(QuotedPrintableEncoder.ofBinary(), new QuotedPrintableDecoder(), data);
    undone(QuotedPrintableEncoder.ofText(), new QuotedPrintableDecoder(), data);
  }

  private static void undone(ContentCodec encoder, ContentCodec decoder, byte[] data) {
    byte[] encoded = convert(encoder, data, data.length + 1);
    IndexTarget.check(Arrays.equals(data, convert(decoder, encoded, 1000)), "not undone");
  }

  private static byte[] convert(ContentCodec codec, byte[] data, int piece) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    byte[] target = new byte[90];
    for (int at = 0; at < data.length; at += piece) {
      ByteBuffer in = ByteBuffer.wrap(data, at, Math.min(piece, data.length - at));
      while (in.hasRemaining()) {
        ByteBuffer out = ByteBuffer.wrap(target);
        codec.convert(in, out);
        result.write(target, 0, out.position());
      }
    }
    boolean finished;
    do {
      ByteBuffer out = ByteBuffer.wrap(target);
      finished = codec.finish(out);
      result.write(target, 0, out.position());
    } while (!finished);
    return result.toByteArray();
  }
}
