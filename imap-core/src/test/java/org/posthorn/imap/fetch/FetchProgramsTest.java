package org.posthorn.imap.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

class FetchProgramsTest {
  private final FetchPrograms programs = new FetchPrograms(StandardItems.KEYWORDS);

  private FetchProgram read(String text) throws SyntaxException {
    CommandReader in = CommandReader.of(text);
    FetchProgram program = programs.parse(in);
    in.expectEnd();
    return program;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLAGS",
        "ALL",
        "(UID FLAGS BODY.PEEK[HEADER.FIELDS (From \"To\" {2}\r\nCc)]<0.100>)",
        "BODY[1.2.MIME]",
      })
  void whatWasReadTwiceLatelyIsNotReadAgain(String text) throws SyntaxException {
    List<FetchItem> expected =
        FetchParser.parse(CommandReader.of(text), StandardItems.KEYWORDS).list();
    FetchProgram first = read(text);
    FetchProgram second = read(text);
    assertEquals(expected, first.list());
    assertEquals(expected, second.list());
    assertNotSame(first, second);
    assertSame(second, read(text));
    assertSame(second.withUid(), read(text).withUid());
  }

  @Test
  void whatDiffersIsReadAnew() throws SyntaxException {
    FetchProgram[] read = new FetchProgram[1_000];
    for (int i = 0; i < read.length; i++) {
      read[i] = read("BODY[" + (i + 1) + "]");
    }
    for (int i = 0; i < read.length; i++) {
      assertEquals(read[i].list(), read("BODY[" + (i + 1) + "]").list());
    }
    assertNotSame(read[0].list(), read[1].list());
    assertNotSame(read("(FLAGS UID)"), read("(UID FLAGS)"));
  }

  @Test
  void modifiersAreLeftToTheCommand() throws SyntaxException {
    for (int i = 0; i < 3; i++) {
      CommandReader in = CommandReader.of("FLAGS (CHANGEDSINCE 1)");
      assertEquals(1, programs.parse(in).list().size());
      assertEquals(5, in.position());
    }
  }

  @Test
  void errorsTellWhereInTheCommand() throws SyntaxException {
    for (int i = 0; i < 3; i++) {
      CommandReader in = CommandReader.of("1:9 (FLAGS ODD)");
      in.expectMessageSet();
      in.expectSpace();
      SyntaxException e = assertThrows(SyntaxException.class, () -> programs.parse(in));
      assertEquals(11, e.position());
    }
  }

  @Test
  void longProgramsAreNotRemembered() throws SyntaxException {
    String text = "BODY[HEADER.FIELDS (" + "X-Long-Name ".repeat(50) + "From)]";
    FetchProgram first = read(text);
    assertEquals(first.list(), read(text).list());
    assertNotSame(first, read(text));
  }

  /** Many clients, one memory: what it gives is what reading anew would give. */
  @Property
  void remembersNothingWrong(@ForAll("commands") List<String> commands) throws SyntaxException {
    for (String command : commands) {
      assertEquals(
          FetchParser.parse(CommandReader.of(command), StandardItems.KEYWORDS).list(),
          read(command).list(),
          command);
    }
  }

  @Provide
  Arbitrary<List<String>> commands() {
    Arbitrary<String> item =
        Arbitraries.of(
            "FLAGS",
            "UID",
            "ENVELOPE",
            "BODY",
            "BODYSTRUCTURE",
            "BODY[]",
            "BODY[1]",
            "BODY[2]",
            "BODY[]<0.1>",
            "BODY[]<0.2>",
            "BODY.PEEK[HEADER.FIELDS (To)]",
            "BODY.PEEK[HEADER.FIELDS (to)]",
            "BODY.PEEK[HEADER.FIELDS (Cc)]");
    return item.list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(items -> "(" + String.join(" ", items) + ")")
        .list()
        .ofMaxSize(40);
  }
}
