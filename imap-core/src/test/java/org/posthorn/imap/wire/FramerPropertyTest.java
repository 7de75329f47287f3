package org.posthorn.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FramerPropertyTest {
  private static final int MAX_COMMAND = 200;
  private static final int MAX_SKIPPED = 2_000;

  @Property(tries = 2_000)
  void everySplitFindsTheSame(@ForAll("input") String input, @ForAll Random random) {
    byte[] octets = input.getBytes(StandardCharsets.ISO_8859_1);
    List<String> whole = new Listener().hear(List.of(ByteBuffer.wrap(octets)));
    List<ByteBuffer> pieces = new ArrayList<>();
    for (int at = 0; at < octets.length; ) {
      int length = Math.min(octets.length - at, 1 + random.nextInt(7));
      pieces.add(ByteBuffer.wrap(octets, at, length).slice());
      at += length;
    }
    assertEquals(whole, new Listener().hear(pieces));
  }

  @Property(tries = 500)
  void neverHoldsMoreThanItsLimit(@ForAll("input") String input) {
    Listener listener = new Listener();
    listener.hear(List.of(ByteBuffer.wrap(input.getBytes(StandardCharsets.ISO_8859_1))));
    assertTrue(listener.longest <= MAX_COMMAND, () -> "held " + listener.longest);
  }

  @Property(tries = 500)
  void octetsOfLiteralsAreNeverCommands(@ForAll("secrets") String secret) {
    int length = secret.length();
    String input = "a X {" + length + "+}\r\n" + secret + "\r\nb NEXT\r\n";
    for (boolean refusing : new boolean[] {true, false}) {
      Listener listener = new Listener();
      listener.refuseAll = refusing;
      List<String> heard =
          listener.hear(List.of(ByteBuffer.wrap(input.getBytes(StandardCharsets.ISO_8859_1))));
      assertEquals("COMMAND b NEXT", heard.get(heard.size() - 1));
      assertFalse(heard.stream().anyMatch(found -> found.startsWith("COMMAND evil")));
    }
  }

  @Example
  void endlessSkippingEnds() {
    ImapFramer framer = new ImapFramer(MAX_COMMAND, MAX_SKIPPED);
    byte[] endless = new byte[MAX_COMMAND + MAX_SKIPPED + 1];
    assertEquals(ImapFramer.Found.FLOOD, framer.feed(ByteBuffer.wrap(endless)));
  }

  @Example
  void tellsAboutLiterals() {
    assertHeader("{5}", new LiteralHeader(2, 5, true, false));
    assertHeader("{5+}", new LiteralHeader(2, 5, false, false));
    assertHeader("~{5}", new LiteralHeader(2, 5, true, true));
    assertHeader("~{5+}", new LiteralHeader(2, 5, false, true));
    assertHeader("{99999999999999999999}", new LiteralHeader(2, Long.MAX_VALUE, true, false));
    for (String none : List.of("{}", "{+}", "{5", "5}", "{5-}", "{-5}", "{5++}", "{5}x")) {
      ImapFramer framer = new ImapFramer(MAX_COMMAND, MAX_SKIPPED);
      assertEquals(ImapFramer.Found.COMMAND, framer.feed(ascii("a " + none + "\r\n")), none);
    }
  }

  private static void assertHeader(String text, LiteralHeader expected) {
    ImapFramer framer = new ImapFramer(MAX_COMMAND, MAX_SKIPPED);
    assertEquals(ImapFramer.Found.LITERAL, framer.feed(ascii("a " + text + "\r\n")), text);
    assertEquals(expected, framer.literal());
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Provide
  Arbitrary<String> input() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a NOOP",
            "\r\n",
            "\n",
            "\r",
            "{3}\r\n",
            "{3+}\r\n",
            "~{4+}\r\n",
            "{0+}\r\n",
            "{250+}\r\n",
            "{99999+}\r\n",
            "abc",
            "\"q\"",
            " ",
            "{",
            "}",
            "+",
            "9",
            "\u0000",
            "x".repeat(120),
            "\u00ff");
    return pieces.list().ofMaxSize(40).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.of("evil LOGIN\r\n", "evil {3+}\r\n", "x", "\r\n", "evil {9}\r\n")
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(list -> String.join("", list));
  }

  /** A session that accepts what fits, streams what is a literal8, and refuses the rest. */
  private static final class Listener {
    private final ImapFramer framer = new ImapFramer(MAX_COMMAND, MAX_SKIPPED);
    private final List<String> heard = new ArrayList<>();
    private final StringBuilder streamed = new StringBuilder();
    private boolean refuseAll;
    private int longest;

    List<String> hear(List<ByteBuffer> pieces) {
      for (ByteBuffer piece : pieces) {
        while (piece.hasRemaining()) {
          if (!step(piece)) {
            return heard;
          }
        }
      }
      return heard;
    }

    private boolean step(ByteBuffer in) {
      ImapFramer.Found found = framer.feed(in);
      longest = Math.max(longest, framer.command().length);
      switch (found) {
        case NOTHING -> {}
        case COMMAND -> {
          note("COMMAND" + (framer.bareLf() ? "! " : " "));
          framer.next();
        }
        case LITERAL -> literal();
        case OCTETS -> {
          ByteBuffer slice = framer.streamable(in, 100);
          streamed.append(StandardCharsets.ISO_8859_1.decode(slice));
          if (framer.streamRemaining() == 0) {
            heard.add("STREAMED " + streamed);
          }
        }
        case SKIPPED -> {
          heard.add("SKIPPED " + framer.tooLong());
          framer.next();
        }
        case FLOOD -> {
          heard.add("FLOOD");
          return false;
        }
      }
      return true;
    }

    private void literal() {
      if (refuseAll || !framer.fits()) {
        heard.add("REFUSED " + framer.literal());
        if (framer.refuse()) {
          framer.next();
        }
      } else if (framer.literal().binary()) {
        streamed.setLength(0);
        framer.acceptStreamed();
      } else {
        framer.acceptBuffered();
      }
    }

    private void note(String what) {
      heard.add(what + new String(framer.command(), StandardCharsets.ISO_8859_1));
    }
  }
}
