package org.posthorn.delivery.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.smtp.Address;

class VacationTextTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void allThatCanBeSet() {
    Vacation vacation =
        VacationText.parse(
            """
            Subject: Away until March
            from: 2026-02-16
            until: 2026-02-28
            every: 3
            address: alice@example.org
            address: sales@example.org

            I am back in March.

            Alice
            """,
            BERLIN);
    assertEquals(
        new Vacation(
            Set.of(new Address("alice", "example.org"), new Address("sales", "example.org")),
            "Away until March",
            "I am back in March.\n\nAlice",
            Instant.parse("2026-02-15T23:00:00Z"),
            Instant.parse("2026-02-28T23:00:00Z"),
            Duration.ofDays(3)),
        vacation);
    assertFalse(vacation.holds(Instant.parse("2026-02-15T22:59:59Z")));
    assertTrue(vacation.holds(Instant.parse("2026-02-28T22:59:59Z")), "the last day counts");
  }

  @Test
  void nothingNeedsToBeSet() {
    Vacation vacation = VacationText.parse("\r\nAway.\r\n", ZoneOffset.UTC);
    assertEquals(Vacation.of("", "Away."), vacation);
  }

  @Test
  void aWrongLineIsNamed() {
    Map<String, String> wrong =
        Map.of(
            "", "no text to answer behind an empty line",
            "subject: x\n", "no text to answer behind an empty line",
            "I am away.", "line 1: a setting is NAME: VALUE, an empty line ends them",
            "subject: x\ncolour: red\n\nAway", "line 2: unknown setting",
            "every: 0\n\nAway", "line 1: a number of days, 1 to 60",
            "every: 61\n\nAway", "line 1: a number of days, 1 to 60",
            "from: 2026-02-02\nuntil: 2026-02-01\n\nAway", "it ends before it begins");
    wrong.forEach(
        (text, message) ->
            assertEquals(
                message,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> VacationText.parse(text, ZoneOffset.UTC))
                    .getMessage()));
    for (String one : new String[] {"from: soon\n\nx", "address: me\n\nx"}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> VacationText.parse(one, ZoneOffset.UTC))
              .getMessage();
      assertTrue(message.startsWith("line 1: "), message);
    }
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      assertNotNull(VacationText.parse(text, ZoneOffset.UTC));
    } catch (IllegalArgumentException e) {
      assertNotNull(e.getMessage());
    }
  }

  @Test
  void eachAccountHasAFileThatIsReadAgain(@TempDir Path folder) throws Exception {
    VacationFolder vacations = VacationFolder.in(folder, ZoneOffset.UTC);
    Path file = folder.resolve("alice.vacation");
    assertEquals(Optional.empty(), vacations.of("alice"));
    Files.writeString(file, "\nAway.");
    assertEquals("Away.", vacations.of("alice").orElseThrow().text());
    assertEquals(Optional.empty(), vacations.of("bob"));
    Files.writeString(file, "broken");
    assertEquals("Away.", vacations.of("alice").orElseThrow().text(), "the last good one stays");
    Files.writeString(file, "\nStill away.");
    assertEquals("Still away.", vacations.of("alice").orElseThrow().text());
    Files.delete(file);
    assertEquals(Optional.empty(), vacations.of("alice"));
    Files.writeString(folder.resolveSibling("secret.vacation"), "\nx");
    assertEquals(Optional.empty(), vacations.of("../secret"));
  }
}
