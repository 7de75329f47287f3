package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line itself: what it says of itself and of what is wrong with it. */
class ServeOptionsTest {
  private static String run(int status, String... arguments) {
    StringWriter text = new StringWriter();
    CommandLine line =
        PosthornServer.commandLine().setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
    assertEquals(status, line.execute(arguments), text.toString());
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--imap high|Invalid value for option '--imap': 'high': a port is a number from 0 to 65535",
        "--imap 65536|a port is a number from 0 to 65535",
        "--quota much|Invalid value for option '--quota': 'MUCH': a size is a number",
        "--quota 0K|a size is a number of octets from 1 on",
        "--quota-of alice|--quota-of takes NAME=SIZE",
        "--quota-of alice=x|--quota-of 'X': a size is a number",
        "--over-quota maybe|Invalid value for option '--over-quota': expected one of [WAIT,"
            + " REFUSE]",
        "--retry 0|a whole number from 1 on is expected",
        "--relay host --relay-tls sometimes|Invalid value for option '--relay-tls'",
        "--relay host --relay-user alice|--relay-user takes NAME:PASSWORD",
        "--relay host:smtp|HOST:PORT expected: host:smtp",
        "--alias a@b.example|--alias takes ADDRESS=TARGET, not a@b.example",
        "--alias a@b.example=c@|--alias: not an address: c@",
        "--catch-all nobody@|--catch-all: not an address: nobody@",
        "--details perhaps|Invalid value for option '--details': expected one of [IGNORED, FOLDER]",
        "--routes /nowhere/routes|--routes: cannot be read: /nowhere/routes",
        "--milter here|--milter: ",
        "--spamd-refuse 5|--spamd-refuse needs --spamd",
        "--quarantine admin=a//b|--quarantine takes USER=FOLDER",
        "--collect imap://alice@h=a@b.example|--collect takes URL=ADDRESS",
        "--collect ftp://a:b@h=a@b.example|--collect: pop3, pop3s, imap, imaps",
        "--collect pop3://a:b@h=a@b.example --collect-keep ever|--collect-keep takes DAYS or"
            + " forever",
        "--pop3-dele burn|--pop3-dele takes delete, keep or move:FOLDER",
        "--pop3-expire -1|--pop3-expire: days are not negative",
        "--trace none,tls|--trace: none stands alone",
        "--tls-provider mine|Invalid value for option '--tls-provider': expected one of [JDK,"
            + " BOUNCYCASTLE]",
        "--cert a.pem|--cert and --key belong together",
        "--cert /nowhere/a.pem --key /nowhere/a.key|cannot be read: /nowhere/a.pem",
        "--proxy-from everywhere|everywhere",
        "--user alice|--user takes NAME:PASSWORD",
        "--users-file /nowhere/u --any-user x|--users-file stands without --user and --any-user",
        "--store tape|unknown store: memory, sqlite:DIRECTORY, postgresql",
        "--store memory --compress|--compress is for sqlite and postgresql",
        "--store cassandra://h/k --compress|--compress is for sqlite and postgresql",
        "--expire Junk|--expire takes FOLDER=DAYS",
        "--refuse-idle 0|a whole number from 1 on is expected",
        "--no-such-thing|Unknown option: '--no-such-thing'",
      })
  void whatIsWrongIsSaidInItsOwnTerms(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--pop3", "0"));
    arguments.addAll(List.of(options.split(" ", -1)));
    String said = run(2, arguments.toArray(String[]::new));
    assertTrue(said.contains(message), said);
    assertFalse(said.contains("Exception"), said);
    assertFalse(said.contains("\tat "), said);
  }

  @Test
  void aServerWithoutAPortServesNothing() {
    assertTrue(run(2, "serve").contains("no port given, nothing to serve"));
  }

  @Test
  void helpIsInGroupsAndTellsDefaults() {
    String help = run(0, "serve", "--help");
    int at = 0;
    for (String group :
        List.of(
            "Where it listens",
            "Users and their mail",
            "Where mail goes",
            "Mail for other servers",
            "Checks for viruses and spam",
            "Outside mailboxes",
            "POP3",
            "Limits",
            "How long mail is kept",
            "Backup",
            "Logs and traces")) {
      int next = help.indexOf("\n" + group + "\n");
      assertTrue(next > at, group + " in " + help);
      at = next;
    }
    assertTrue(help.contains("(default: 127.0.0.1)"), help);
    assertTrue(help.contains("(default: 25)"), help);
    assertFalse(help.contains("DEFAULT-VALUE") || help.contains("default: null"), help);
    assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
  }

  @Test
  void optionsMayStandInAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("options");
    Files.writeString(file, "# of one server\n--pop3=0\n--details\nhow\n");
    String said = run(2, "serve", "@" + file);
    assertTrue(said.contains("Invalid value for option '--details'"), said);
  }

  @Test
  void bouncyCastleBindsChannelsOnAnyJdk() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            "--submissions", "0", "--user", "alice:a", "--tls-provider", "bouncycastle")) {
      try (Talk submission = new Talk(AnyCertificate.connect(server.port("submissions")))) {
        submission.reply();
        String ehlo = submission.all("EHLO client.example").toString();
        assertTrue(ehlo.contains("SCRAM-SHA-256-PLUS"), ehlo);
        assertTrue(submission.login("alice", "a").ask("NOOP").startsWith("250"));
      }
    }
  }

  @Test
  void sizesAreOfOctets() {
    for (String one : List.of("1", "1k", "2K", "3M", "4g")) {
      long unit =
          one.endsWith("k") || one.endsWith("K") ? 1 << 10 : one.endsWith("M") ? 1 << 20 : 1;
      long expected =
          one.toLowerCase(Locale.ROOT).endsWith("g") ? 4L << 30 : (one.charAt(0) - '0') * unit;
      assertEquals(expected, new OptionTypes.Size().convert(one), one);
    }
  }
}
