package org.posthorn.delivery.milter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.check.Findings;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** What a milter's answer to a step decides. */
final class MilterAnswer {
  private static final Verdict REJECTED = new Verdict(550, "5.7.1", "Command rejected");
  private static final Verdict LATER = new Verdict(451, "4.7.1", "Try again later");
  private static final Pattern REPLY =
      Pattern.compile(
          "([45])(\\d\\d)[ -]?(?:([45]\\.\\d{1,3}\\.\\d{1,3})\\s)?(.*)", Pattern.DOTALL);

  private MilterAnswer() {}

  /** Null to go on with the next step. */
  static @Nullable Findings decision(MilterPacket answer, MilterConnection milter)
      throws StoreException {
    return switch (answer.code()) {
      case MilterCodes.CONTINUE, MilterCodes.SKIPPING -> null;
      case MilterCodes.ACCEPT -> Findings.NOTHING;
      case MilterCodes.DISCARD -> new Findings.Builder().discard().build();
      default -> Findings.refused(refusal(answer, milter));
    };
  }

  /** What a refusing answer says to the client. */
  static Verdict refusal(MilterPacket answer, MilterConnection milter) throws StoreException {
    return switch (answer.code()) {
      case MilterCodes.REJECT -> REJECTED;
      case MilterCodes.TEMPORARY, MilterCodes.CONNECTION_FAILURE, MilterCodes.SHUTDOWN -> LATER;
      case MilterCodes.REPLY_CODE -> reply(answer.string());
      default -> throw milter.nonsense("the code '" + answer.code() + "'");
    };
  }

  /** A reply of several lines becomes one. */
  static Verdict reply(String text) {
    Matcher parts = REPLY.matcher(text.strip());
    if (!parts.matches()) {
      return REJECTED;
    }
    String status = parts.group(1);
    String enhanced = parts.group(3);
    boolean fits = enhanced != null && enhanced.startsWith(status);
    String words =
        parts
            .group(4)
            .replaceAll("\r?\n" + status + "\\d\\d[ -](?:\\d\\.\\d{1,3}\\.\\d{1,3} )?", " ")
            .replaceAll("[^ -~]", " ")
            .replace("%%", "%")
            .strip();
    return new Verdict(
        Integer.parseInt(status + parts.group(2)),
        fits && enhanced != null ? enhanced : status + ".7.1",
        words);
  }
}
