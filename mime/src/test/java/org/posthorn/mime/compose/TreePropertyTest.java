package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.posthorn.mime.Part;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

/** Random trees, built, written and parsed, are the trees that were built. */
class TreePropertyTest {

  /** What was built: a leaf with octets, a multipart or a message with what is in it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Tree(String type, byte[] octets, List<Tree> inside, MimePart part) {}

  private static final String[] PIECES = {
    "text", "\r\n", "--", "=_0_", "é", "x".repeat(1100), " ", ".", "From ", "=", "\t"
  };

  @Property(tries = 200)
  void whatIsBuiltIsRead(@ForAll long seed, @ForAll OutputForm form) throws IOException {
    Random random = new Random(seed);
    IdSource ids = IdSource.counting(seed);
    Tree tree = tree(random, ids, 4);
    MimePart message =
        new MessageBuilder(Written.origin()).subject("Grüße").body(tree.part()).build();
    Message read = Written.message(message, form);
    assertEquals("Grüße", read.subject());
    check(tree, read.root());
  }

  private static Tree tree(Random random, IdSource ids, int depth) {
    int kind = depth == 0 ? random.nextInt(2) : random.nextInt(5);
    return switch (kind) {
      case 0 -> text(random);
      case 1 -> binary(random);
      case 2 -> message(tree(random, ids, depth - 1));
      default -> multipart(random, ids, depth);
    };
  }

  private static Tree text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
    MimePart part = MimePart.content("text/plain", Map.of("charset", "utf-8"), Content.of(octets));
    return new Tree("text/plain", octets, List.of(), part);
  }

  private static Tree binary(Random random) {
    byte[] octets = new byte[random.nextInt(300)];
    random.nextBytes(octets);
    MimePart part = MimePart.attachment("ä \"1\".bin", "application/x-test", Content.of(octets));
    return new Tree("application/x-test", octets, List.of(), part);
  }

  private static Tree message(Tree inner) {
    MimePart message = new MessageBuilder(Written.origin()).subject("è").body(inner.part()).build();
    return new Tree("message", new byte[0], List.of(inner), MimePart.message(message));
  }

  private static Tree multipart(Random random, IdSource ids, int depth) {
    List<Tree> inside = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      inside.add(tree(random, ids, depth - 1));
    }
    MimePart part = MimePart.multipart("mixed", ids, inside.stream().map(Tree::part).toList());
    return new Tree("multipart/mixed", new byte[0], inside, part);
  }

  private static void check(Tree tree, MessagePart part) throws IOException {
    if (tree.type().equals("message")) {
      assertEquals(Part.Kind.MESSAGE, part.index().kind());
      Message message = part.message();
      assertNotNull(message);
      assertEquals("è", message.subject());
      check(tree.inside().get(0), message.root());
      return;
    }
    assertEquals(tree.type(), part.mediaType());
    assertEquals(tree.inside().size(), part.children().size());
    for (int i = 0; i < tree.inside().size(); i++) {
      check(tree.inside().get(i), part.children().get(i));
    }
    if (tree.inside().isEmpty()) {
      assertArrayEquals(tree.octets(), part.content().readAllBytes());
    }
    if (tree.type().equals("application/x-test")) {
      assertEquals("ä \"1\".bin", part.fileName());
    }
  }
}
