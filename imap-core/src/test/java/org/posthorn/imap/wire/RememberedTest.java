package org.posthorn.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.Octets;

class RememberedTest {
  private final Remembered<String> remembered = new Remembered<>(Octets::asAscii);

  private String of(String line, String word) {
    byte[] octets = Octets.ascii(line).toByteArray();
    int from = line.indexOf(word);
    return remembered.of(octets, from, from + word.length());
  }

  @Test
  void theSameObjectForTheSameWord() {
    assertSame(of("a FETCH", "FETCH"), of("b FETCH 1", "FETCH"));
    assertSame(of("BODYSTRUCTURE", "BODYSTRUCTURE"), of("(BODYSTRUCTURE)", "BODYSTRUCTURE"));
  }

  @Test
  void doesNotHoldTheCommandThatAWordStoodIn() {
    Remembered<Octets> words = new Remembered<>(word -> word);
    byte[] command = Octets.ascii("a FETCH").toByteArray();
    Octets word = words.of(command, 2, 7);
    command[2] = 'x';
    assertEquals("FETCH", word.asAscii());
  }

  @Property
  void neverAnotherWord(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = random.nextInt(40); length >= 0; length--) {
        word.append((char) ('a' + random.nextInt(2)));
      }
      assertEquals(word.toString(), of("tag " + word + " rest", word.toString()));
    }
  }
}
