package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;
import org.posthorn.testkit.engine.Feed;

/** Whatever a client sends, the engine answers in well-formed responses and goes on, or closes. */
class EngineFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "NOOP",
          "SELECT",
          "EXAMINE",
          "FETCH",
          "UID",
          "STORE",
          "SEARCH",
          "COPY",
          "MOVE",
          "LIST",
          "LSUB",
          "STATUS",
          "CREATE",
          "DELETE",
          "RENAME",
          "APPEND",
          "IDLE",
          "DONE",
          "EXPUNGE",
          "CLOSE",
          "ENABLE",
          "ID",
          "NAMESPACE",
          "AUTHENTICATE",
          "PLAIN",
          "LOGIN",
          "CAPABILITY",
          "INBOX",
          "Box",
          "&AOk-",
          "&x",
          "\"\"",
          "%",
          "*",
          "1:*",
          "1",
          "2:4",
          "*:3",
          "4294967296",
          "$",
          "0",
          "FLAGS",
          "+FLAGS.SILENT",
          "(\\Seen)",
          "(\\Deleted $k)",
          "BODY[]",
          "BODY[1.MIME]",
          "BODY[HEADER.FIELDS (a b)]<0.5>",
          "(UID ENVELOPE BODYSTRUCTURE)",
          "ALL",
          "NOT",
          "OR",
          "SUBJECT",
          "\"q\\\"x\"",
          "(",
          ")",
          "{3}\r\nabc",
          "{3+}\r\nabc",
          "~{3+}\r\na\u0000c",
          "{0+}\r\n",
          "{9999999+}\r\nx",
          "{",
          "}",
          "\r\n",
          "\n",
          "\r",
          "\u0000",
          "\u00e9",
          "=",
          "(MESSAGES UNSEEN)",
          "(USE (\\Sent))",
          "CHARSET UTF-8",
          "1-Feb-2020",
          "BEFORE",
          "NIL",
          "REPLACE",
          "CATENATE (",
          "TEXT",
          "URL \"/INBOX/;UID=1\"",
          "URL ;UID=1",
          "BINARY[1]",
          "BINARY.SIZE[]",
          "PREVIEW (LAZY)",
          "(SUBSCRIBED RECURSIVEMATCH)",
          "(% *)",
          "RETURN (CHILDREN STATUS (UNSEEN) MYRIGHTS METADATA (/private/a))",
          "GETQUOTA",
          "GETQUOTAROOT",
          "SETQUOTA user/alice (STORAGE 5)",
          "SETACL",
          "GETACL",
          "LISTRIGHTS",
          "MYRIGHTS",
          "SETMETADATA",
          "GETMETADATA (DEPTH 1)",
          "(/private/a \"x\")",
          "/private/a",
          "GENURLAUTH",
          "URLFETCH",
          "\"imap://alice@h/INBOX/;uid=1;urlauth=anonymous\"",
          "INTERNAL",
          "RESETKEY",
          "XAPPLEPUSHSERVICE");

  @Property(tries = 400)
  void survives(@ForAll("input") String input, @ForAll Random random) {
    try (MemoryStore store = MemoryStore.withAccounts("alice")) {
      EngineHarness client = new EngineStage().open(service(store));
      client.send("a LOGIN alice secret\r\na APPEND INBOX {3+}\r\nabc\r\na SELECT INBOX\r\n");
      client.read();
      Feed feed = random.nextBoolean() ? Feed.whole() : Feed.all(random.nextLong()).get(3);
      client.send(input.getBytes(StandardCharsets.ISO_8859_1), feed);
      ResponseCheck.wellFormed(client.read(), input);
      // Ends whatever is under way: a line, a literal, an IDLE.
      client.send("\r\nDONE\r\n*\r\n" + "\r\n".repeat(40) + "z NOOP\r\n");
      String end = client.readText();
      assertTrue(client.closed() || end.contains("z OK") || end.contains("+ "), input);
    }
  }

  private static ImapService service(MemoryStore store) {
    return ImapService.builder()
        .store(store)
        .authenticator(new MemoryAuthenticator().user("alice", "secret"))
        .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
        .failureDelay(FailureDelay.NONE)
        .limits(ImapLimits.builder().message(1_000).commandBeforeLogin(500).command(1_000).build())
        .build();
  }

  @Provide
  Arbitrary<String> input() {
    Arbitrary<String> command =
        Arbitraries.of(PIECES)
            .list()
            .ofMinSize(1)
            .ofMaxSize(7)
            .map(words -> "t " + String.join(" ", words) + "\r\n");
    return command.list().ofMaxSize(8).map(commands -> String.join("", commands));
  }
}
