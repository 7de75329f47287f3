package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/**
 * RFC 4314 section 4: which right lets another user do what in a shared mailbox. Bob uses Alice's
 * mailbox Team, in which one message is \Seen, and one is \Deleted.
 */
class AclRightsTest {
  private static final String TEAM = "\"Other Users/alice/Team\"";
  private static final String ALL = "lrswipkxtea";

  private final EngineStage stage = new EngineStage();
  private MemoryStore store;
  private EngineHarness alice;
  private EngineHarness bob;

  @BeforeEach
  void open() {
    store = MemoryStore.withAccounts("alice", "bob");
    ImapService service =
        ImapService.builder()
            .store(store)
            .authenticator(new MemoryAuthenticator().user("alice", "secret").user("bob", "secret"))
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .failureDelay(FailureDelay.NONE)
            .build();
    alice = stage.open(service);
    bob = stage.open(service);
    ok(alice, "LOGIN alice secret");
    ok(alice, "CREATE Team");
    ok(alice, "CREATE Team/Sub");
    ok(alice, "APPEND Team (\\Seen) {3+}\r\none");
    ok(alice, "APPEND Team (\\Deleted) {3+}\r\ntwo");
    ok(bob, "LOGIN bob secret");
    ok(bob, "APPEND INBOX (\\Draft \\Deleted) {1+}\r\n1");
    ok(bob, "APPEND INBOX (\\Answered) {1+}\r\n2");
    ok(bob, "APPEND INBOX ($Forwarded \\Seen) {1+}\r\n3");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static String answer(EngineHarness client, String command) {
    client.send("a " + command.replace("TEAM", TEAM) + "\r\n");
    return client.readText();
  }

  private static String result(EngineHarness client, String command) {
    List<String> lines = answer(client, command).lines().toList();
    return lines.get(lines.size() - 1);
  }

  private static void ok(EngineHarness client, String command) {
    String result = result(client, command);
    assertTrue(result.startsWith("a OK"), () -> command + ": " + result);
  }

  private void refused(String command, String rights) {
    String result = result(bob, command);
    assertTrue(
        result.startsWith("a NO [NOPERM]") || result.startsWith("a NO [READ-ONLY]"),
        () -> command + " with " + rights + ": " + result);
  }

  private void give(String rights) {
    for (String name : List.of("Team", "Team/Sub")) {
      ok(alice, "SETACL " + name + " bob \"" + rights + "\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k | CREATE \"Other Users/alice/Team/New\"",
        "x | DELETE \"Other Users/alice/Team/Sub\"",
        "kx | RENAME \"Other Users/alice/Team/Sub\" \"Other Users/alice/Team/Other\"",
        "r | SELECT TEAM",
        "r | EXAMINE TEAM",
        "r | STATUS TEAM (MESSAGES UIDNEXT)",
        "a | SETACL TEAM anyone lr",
        "a | DELETEACL TEAM anyone",
        "a | GETACL TEAM",
        "a | LISTRIGHTS TEAM anyone",
        "i | APPEND TEAM {3+}\\abc",
        "i | APPEND TEAM (\\Seen \\Flagged) {3+}\\abc {3+}\\def",
      })
  void neededBeforeAMailboxIsSelected(String needed, String command) {
    String lines = command.replaceAll("}\\\\", "}\r\n");
    for (int i = 0; i < needed.length(); i++) {
      String right = needed.substring(i, i + 1);
      String others = ALL.replace(right, "");
      give(others);
      refused(lines, others);
    }
    // l, so that it is not hidden that the mailbox is there
    give("l" + needed);
    ok(bob, lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s | STORE 1 -FLAGS (\\Seen)",
        "t | STORE 1 +FLAGS (\\Deleted)",
        "w | STORE 1 +FLAGS.SILENT (\\Flagged)",
        "w | STORE 1 +FLAGS ($Keyword)",
        "e | EXPUNGE",
        "e | UID EXPUNGE 2",
        "te | MOVE 1 INBOX",
        "te | UID MOVE 1 INBOX",
        "te | REPLACE 1 INBOX {3+}\\abc",
      })
  void neededInASelectedMailbox(String needed, String command) {
    String lines = command.replaceAll("}\\\\", "}\r\n");
    for (int i = 0; i < needed.length(); i++) {
      String right = needed.substring(i, i + 1);
      String others = ALL.replace(right, "");
      give(others);
      ok(bob, "SELECT TEAM");
      refused(lines, others);
      assertTrue(answer(bob, "STATUS TEAM (MESSAGES)").contains("MESSAGES 2"), others);
    }
    give("lr" + needed);
    ok(bob, "SELECT TEAM");
    ok(bob, lines);
  }

  @ParameterizedTest
  @CsvSource({"COPY 1:3 TEAM,i", "UID COPY 1 TEAM,i", "MOVE 1 TEAM,i", "UID REPLACE 1 TEAM {1+},i"})
  void neededInTheMailboxThatMessagesGoTo(String command, String needed) {
    String lines = command + (command.endsWith("}") ? "\r\nx" : "");
    ok(bob, "SELECT INBOX");
    String others = ALL.replace(needed, "");
    give(others);
    refused(lines, others);
    give("l" + needed);
    ok(bob, lines);
  }

  @Test
  void toReadItIsEnoughToCopy() {
    give("lr");
    ok(bob, "SELECT TEAM");
    ok(bob, "COPY 1:2 INBOX");
    ok(bob, "FETCH 1:2 (FLAGS BODY[])");
    ok(bob, "SEARCH SEEN");
    assertTrue(answer(bob, "FETCH 2 FLAGS").contains("FLAGS (\\Deleted"), "\\Seen is not set");
  }

  @Test
  void seenIsSetByFetchWithItsRightOnly() {
    give("lrs");
    ok(bob, "SELECT TEAM");
    ok(bob, "FETCH 2 BODY[]");
    assertTrue(answer(bob, "FETCH 2 FLAGS").contains("\\Seen"));
  }

  @Test
  void listNeverSaysNo() {
    give("rswipkxtea");
    assertTrue(answer(bob, "LIST \"\" *").contains("a OK"));
    assertTrue(!answer(bob, "LIST \"\" *").contains("Team"));
    ok(alice, "SETACL Team/Sub bob l");
    String answer = answer(bob, "LIST \"\" *");
    assertTrue(answer.contains("alice/Team/Sub\""), answer);
    assertTrue(!answer.contains("alice/Team\""), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "l,OK", "r,OK", "i,OK", "k,OK", "x,OK", "a,OK", "s,NO", "w,NO", "p,NO", "t,NO", "e,NO"
  })
  void myRightsWithAnyOfSome(String right, String expected) {
    give(right);
    String answer = answer(bob, "MYRIGHTS TEAM");
    assertTrue(answer.contains("a " + expected), answer);
    assertEquals(
        expected.equals("OK"), answer.matches("(?s).*Team\" " + right + "[cd]?\r\n.*"), answer);
  }

  @Test
  void subscriptionsNeedNoRight() {
    give("l");
    ok(bob, "SUBSCRIBE TEAM");
    ok(alice, "DELETEACL Team bob");
    assertTrue(answer(bob, "LSUB \"\" *").contains("a OK"));
    ok(bob, "UNSUBSCRIBE TEAM");
  }

  @Test
  void closeExpungesWithItsRightOnly() {
    give("lrswt");
    ok(bob, "SELECT TEAM");
    ok(bob, "CLOSE");
    assertTrue(answer(alice, "STATUS Team (MESSAGES)").contains("MESSAGES 2"));
    give("lre");
    ok(bob, "SELECT TEAM");
    ok(bob, "CLOSE");
    assertTrue(answer(alice, "STATUS Team (MESSAGES)").contains("MESSAGES 1"));
  }

  /** The example of RFC 4314 section 4: only flags with their rights arrive. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wis | \\Draft | \\Answered | \\Seen $Forwarded",
        "sti | \\Deleted | '' | \\Seen",
        "i | '' | '' | ''",
      })
  void copiesKeepFlagsWithTheirRights(String rights, String first, String second, String third) {
    give("lr" + rights);
    ok(bob, "SELECT INBOX");
    ok(bob, "COPY 1:3 TEAM");
    ok(bob, "APPEND TEAM (\\Draft \\Deleted) {1+}\r\n4");
    ok(alice, "SELECT Team");
    String flags =
        answer(alice, "FETCH 3:6 FLAGS").replace(" \\Recent", "").replace("\\Recent", "");
    assertTrue(flags.contains("* 3 FETCH (FLAGS (" + first + "))"), flags);
    assertTrue(flags.contains("* 4 FETCH (FLAGS (" + second + "))"), flags);
    assertTrue(flags.contains("* 5 FETCH (FLAGS (" + third + "))"), flags);
    assertTrue(flags.contains("* 6 FETCH (FLAGS (" + first + "))"), flags);
  }

  /** "The STORE operation SHOULD NOT fail if the user has rights to modify at least one flag". */
  @Test
  void storeDoesWhatItMay() {
    give("lrw");
    ok(bob, "SELECT TEAM");
    assertTrue(
        answer(bob, "STORE 2 +FLAGS (\\Seen \\Flagged \\Deleted)")
            .contains("* 2 FETCH (FLAGS (\\Flagged \\Deleted"));
    String answer = answer(bob, "STORE 1 FLAGS (\\Draft)");
    assertTrue(answer.contains("* 1 FETCH (FLAGS (\\Seen \\Draft"), answer);
  }

  @Test
  void rightsOfTheNewMailboxAreThoseOfItsParent() {
    give("lrk");
    ok(bob, "CREATE \"Other Users/alice/Team/New\"");
    assertTrue(answer(alice, "GETACL Team/New").contains("bob lrk"));
    ok(alice, "DELETE Team/New");
    ok(alice, "CREATE Team/New");
    ok(alice, "DELETEACL Team bob");
    assertTrue(answer(alice, "GETACL Team/New").contains("bob lrk"));
    ok(alice, "RENAME Team/New Elsewhere");
    assertTrue(answer(alice, "GETACL Elsewhere").contains("bob lrk"));
  }

  @Test
  void rightsThatAreTakenAwayAreGoneAtOnce() {
    give(ALL);
    ok(bob, "SELECT TEAM");
    ok(alice, "SETACL Team bob lr");
    refused("STORE 1 +FLAGS (\\Flagged)", "lr");
    refused("EXPUNGE", "lr");
    ok(bob, "FETCH 1 BODY.PEEK[]");
  }

  @Test
  void sharedMailboxesAreInTheNamespaceAndUnderIt() {
    give("lr");
    assertTrue(
        answer(bob, "NAMESPACE")
            .contains("* NAMESPACE ((\"\" \"/\")) ((\"Other Users/\" \"/\")) NIL"));
    assertTrue(answer(bob, "LIST \"Other Users/\" %").contains("\"Other Users/alice\""));
    assertTrue(answer(bob, "LIST \"\" \"Other Users/alice/%\"").contains(TEAM));
  }
}
