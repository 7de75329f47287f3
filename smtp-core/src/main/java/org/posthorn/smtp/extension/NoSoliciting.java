package org.posthorn.smtp.extension;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.RefusedException;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Verdict;

/** RFC 3865: says what kinds of solicitation are not wanted, and refuses them. */
public final class NoSoliciting implements SmtpExtension {
  /** Solicitation-keywords, 1,000 characters at most. */
  private static final Pattern KEYWORDS =
      Pattern.compile("[A-Za-z][-A-Za-z0-9._:]*(,[A-Za-z][-A-Za-z0-9._:]*)*");

  private static final int MOST = 1_000;

  /** Refuses nothing. */
  public static final NoSoliciting NOTHING = new NoSoliciting(List.of());

  private final TreeSet<String> refused = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final String announced;

  /**
   * Refuses some kinds of mail.
   *
   * @param keywords such as org.example:ADV; none where the handler alone decides
   */
  public NoSoliciting(List<String> keywords) {
    String list = String.join(",", keywords);
    if (!list.isEmpty() && !wellFormed(list)) {
      throw new IllegalArgumentException("solicitation keyword");
    }
    refused.addAll(keywords);
    announced = list.isEmpty() ? "NO-SOLICITING" : "NO-SOLICITING " + list;
  }

  private static boolean wellFormed(String list) {
    return list.length() <= MOST && KEYWORDS.matcher(list).matches();
  }

  @Override
  public Optional<String> announcement(SmtpSession session) {
    return Optional.of(announced);
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("SOLICIT", (session, value) -> check(value));
  }

  private String check(String value) throws SmtpSyntaxException, RefusedException {
    if (!wellFormed(value)) {
      throw new SmtpSyntaxException("SOLICIT takes solicitation class keywords");
    }
    Verdict refusal = refusal(value);
    if (refusal != null) {
      throw new RefusedException(refusal);
    }
    return value;
  }

  /**
   * What is said to mail of these kinds; null where it is welcome.
   *
   * @param keywords as in SOLICIT, or as in the field Solicitation with its white space
   */
  public @Nullable Verdict refusal(String keywords) {
    for (String one : keywords.split(",", -1)) {
      String keyword = one.strip();
      if (refused.contains(keyword)) {
        return new Verdict(550, "5.7.1", "Not wanted: SOLICIT=" + keyword);
      }
    }
    return null;
  }
}
