package org.posthorn.delivery.check;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Asks SpamAssassin's daemon (SPAMC protocol 1.5, SYMBOLS) and tags mail with {@code X-Spam-Flag},
 * {@code X-Spam-Score} and {@code X-Spam-Tests}; what came from outside under these names is
 * removed. From a score on that is set mail is refused.
 */
public final class SpamdChecker implements Checker {
  private static final Pattern SPAM =
      Pattern.compile("(True|False|Yes|No)\\s*;\\s*(-?[0-9.]+)\\s*/\\s*(-?[0-9.]+)");
  private static final int LINE = 8_192;
  private static final int TESTS = 16 << 10;

  private final Endpoint endpoint;
  private final double refuseFrom;

  private SpamdChecker(Endpoint endpoint, double refuseFrom) {
    this.endpoint = endpoint;
    this.refuseFrom = refuseFrom;
  }

  /** Tags mail and refuses none. */
  public static SpamdChecker tagging(Endpoint endpoint) {
    return new SpamdChecker(endpoint, Double.POSITIVE_INFINITY);
  }

  /** The same, but refuses what has this score or more. */
  public SpamdChecker refusingFrom(double score) {
    return new SpamdChecker(endpoint, score);
  }

  @Override
  public Check begin(SmtpPeer peer) {
    return new Asking(peer);
  }

  private record Answer(boolean spam, double score, double threshold, String tests) {}

  private final class Asking implements Check {
    private final SmtpPeer peer;
    private @Nullable String user;
    private int recipients;

    Asking(SmtpPeer peer) {
      this.peer = peer;
    }

    /** With one recipient alone that one's preferences count. */
    @Override
    public Verdict recipient(Recipient recipient) {
      recipients++;
      user = recipient.address().toString();
      return Verdict.OK;
    }

    @Override
    public Findings content(Spool content) throws StoreException {
      Answer answer = ask(content);
      if (answer.score() >= refuseFrom) {
        return Findings.refused(new Verdict(550, "5.7.1", "Message looks like spam"));
      }
      Findings.Builder findings = new Findings.Builder();
      for (String name : new String[] {"X-Spam-Flag", "X-Spam-Score", "X-Spam-Tests"}) {
        Tags.removeAll(content, name, findings);
      }
      if (answer.spam()) {
        findings.edit(new HeaderEdit.Add("X-Spam-Flag", "YES"));
      }
      String score = String.format(Locale.ROOT, "%.1f / %.1f", answer.score(), answer.threshold());
      findings.edit(new HeaderEdit.Add("X-Spam-Score", score));
      if (!answer.tests().isEmpty()) {
        String folded = answer.tests().replace(",", ",\r\n\t");
        findings.edit(new HeaderEdit.Add("X-Spam-Tests", folded));
      }
      return findings.build();
    }

    private Answer ask(Spool content) throws StoreException {
      byte[] trace = Tags.received(peer).getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      head.writeBytes(line("SYMBOLS SPAMC/1.5"));
      head.writeBytes(line("Content-length: " + (content.size() + trace.length)));
      if (recipients == 1 && user != null) {
        head.writeBytes(line("User: " + user));
      }
      head.writeBytes(line(""));
      head.writeBytes(trace);
      try (DaemonChannel spamd = DaemonChannel.connect(endpoint)) {
        spamd.write(ByteBuffer.wrap(head.toByteArray()));
        content.copyTo(spamd::write);
        spamd.endOutput();
        return answer(spamd);
      }
    }

    private static byte[] line(String text) {
      return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Answer answer(DaemonChannel spamd) throws StoreException {
      String status = spamd.readUntil('\n', LINE).strip();
      if (!status.matches("SPAMD/[0-9.]+ 0 .*")) {
        throw spamd.nonsense(status.isEmpty() ? "nothing" : status);
      }
      Matcher spam = null;
      String line = spamd.readUntil('\n', LINE).strip();
      while (!line.isEmpty()) {
        if (line.regionMatches(true, 0, "Spam:", 0, 5)) {
          spam = SPAM.matcher(line.substring(5).strip());
        }
        line = spamd.readUntil('\n', LINE).strip();
      }
      if (spam == null || !spam.matches()) {
        throw spamd.nonsense("no score");
      }
      String tests = spamd.ended() ? "" : spamd.readUntil('\n', TESTS).strip();
      return new Answer(
          spam.group(1).equals("True") || spam.group(1).equals("Yes"),
          Double.parseDouble(spam.group(2)),
          Double.parseDouble(spam.group(3)),
          tests.matches("[A-Za-z0-9_,]*") ? tests : "");
    }
  }
}
