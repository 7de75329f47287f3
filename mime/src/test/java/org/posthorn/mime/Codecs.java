package org.posthorn.mime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Random;

/** Drives codecs in tests, whole or in small random pieces. */
final class Codecs {

  private Codecs() {}

  static byte[] convert(ContentCodec codec, byte[] input) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(input);
    ByteBuffer out = ByteBuffer.allocate(4096);
    while (in.hasRemaining()) {
      codec.convert(in, out);
      drain(out, result);
    }
    boolean finished = false;
    while (!finished) {
      finished = codec.finish(out);
      drain(out, result);
    }
    return result.toByteArray();
  }

  static byte[] convertInPieces(ContentCodec codec, byte[] input, long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    int at = 0;
    while (at < input.length) {
      int length = Math.min(input.length - at, 1 + random.nextInt(9));
      ByteBuffer in = ByteBuffer.wrap(input, at, length).slice();
      ByteBuffer piece = random.nextBoolean() ? in : in.asReadOnlyBuffer();
      while (piece.hasRemaining()) {
        ByteBuffer out = ByteBuffer.allocate(80 + random.nextInt(20));
        codec.convert(piece, out);
        drain(out, result);
      }
      at += length;
    }
    boolean finished = false;
    while (!finished) {
      ByteBuffer out = ByteBuffer.allocate(80);
      finished = codec.finish(out);
      drain(out, result);
    }
    return result.toByteArray();
  }

  private static void drain(ByteBuffer out, ByteArrayOutputStream result) {
    result.write(out.array(), out.arrayOffset(), out.position());
    out.clear();
  }

  static String text(TextDecoder decoder, byte[] input, int piece) {
    StringBuilder result = new StringBuilder();
    CharBuffer out = CharBuffer.allocate(16);
    for (int at = 0; at < input.length; at += piece) {
      ByteBuffer in = ByteBuffer.wrap(input, at, Math.min(piece, input.length - at));
      while (in.hasRemaining()) {
        decoder.convert(in, out);
        result.append(out.flip());
        out.clear();
      }
    }
    boolean finished = false;
    while (!finished) {
      finished = decoder.finish(out);
      result.append(out.flip());
      out.clear();
    }
    return result.toString();
  }
}
