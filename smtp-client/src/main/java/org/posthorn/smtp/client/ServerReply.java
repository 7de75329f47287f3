package org.posthorn.smtp.client;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.smtp.Verdict;

/**
 * What a server answered (RFC 5321 section 4.2).
 *
 * @param code 200 to 599
 * @param lines texts without code, at least one; printable
 */
public record ServerReply(int code, List<String> lines) {
  private static final Pattern ENHANCED =
      Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: (.*))?");
  private static final int TEXT_LIMIT = 900;

  public ServerReply {
    lines = List.copyOf(lines);
  }

  public boolean positive() {
    return code >= 200 && code < 300;
  }

  public boolean intermediate() {
    return code >= 300 && code < 400;
  }

  /** All lines as one, for reports. */
  public String text() {
    String all = String.join(" / ", lines);
    return all.length() <= TEXT_LIMIT ? all : all.substring(0, TEXT_LIMIT);
  }

  /**
   * The reply as a verdict. Where there is no enhanced status code, or one that contradicts the
   * reply code, it is the class alone (RFC 3463 section 2).
   */
  public Verdict verdict() {
    int kind = intermediate() ? 5 : code / 100;
    int told = intermediate() ? 554 : code;
    Matcher first = ENHANCED.matcher(lines.get(0));
    boolean enhanced = first.matches() && lines.get(0).charAt(0) - '0' == kind;
    return new Verdict(told, enhanced ? first.group(1) : kind + ".0.0", text());
  }
}
