package org.posthorn.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/** RFC 4468: content that the server fetches itself, on submission only. */
final class Burl implements SmtpExtension, SmtpCommand {
  private final UrlResolver resolver;

  Burl(UrlResolver resolver) {
    this.resolver = resolver;
  }

  /** Section 3.1: without arguments before AUTH. */
  @Override
  public Optional<String> announcement(SmtpSession session) {
    if (session.role() != SmtpRole.SUBMISSION) {
      return Optional.empty();
    }
    return Optional.of(
        session.user() == null ? "BURL" : "BURL " + String.join(" ", resolver.announced()));
  }

  @Override
  public List<SmtpCommand> commands() {
    return List.of(this);
  }

  @Override
  public String verb() {
    return "BURL";
  }

  @Override
  public String usage() {
    return "BURL url [LAST]";
  }

  @Override
  public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
    String[] words = arguments.split(" +", -1);
    boolean last = words.length == 2 && words[1].toUpperCase(Locale.ROOT).equals("LAST");
    if (words[0].isEmpty() || words.length > (last ? 2 : 1)) {
      throw new SmtpSyntaxException("URL, and perhaps LAST, expected");
    }
    Identity user = session.user();
    if (session.role() != SmtpRole.SUBMISSION || user == null) {
      session.reply(new Verdict(503, "5.5.1", "Authentication required"));
      return;
    }
    Verdict refusal = refusal(session);
    Mail mail = session.mail();
    if (refusal != null || mail == null) {
      session.reply(refusal == null ? MailCommand.MAIL_FIRST : refusal);
      return;
    }
    mail.chunks(
        session,
        content ->
            session.call(
                context -> resolver.open(user, words[0]),
                source -> {
                  BurlInput input = new BurlInput(session, content, source, last);
                  session.read(input);
                  input.proceed();
                },
                failure -> fail(session, verdict(failure))),
        failure -> fail(session, Failures.verdict(failure)));
  }

  private static @Nullable Verdict refusal(SmtpSession session) {
    Mail mail = session.mail();
    return mail != null && mail.accepted().isEmpty()
        ? new Verdict(554, "5.5.0", "No recipients have been specified")
        : MailCommand.contentRefusal(session);
  }

  /** Section 3.2: the whole transaction fails. */
  static void fail(SmtpSession session, Verdict verdict) {
    session.readCommands();
    session.resetTransaction();
    session.reply(verdict);
  }

  /** Section 6. */
  static Verdict verdict(StoreException failure) {
    return switch (failure.code()) {
      case NONEXISTENT, EXPUNGED -> new Verdict(554, "5.6.6", "URL resolution failed");
      case NO_PERMISSION -> new Verdict(554, "5.7.0", "URL authorization failed");
      case CANNOT -> new Verdict(554, "5.7.8", "URL resolution requires trust relationship");
      case UNAVAILABLE, CANCELLED -> new Verdict(451, "4.4.1", "Server of the URL unavailable");
      default -> Failures.verdict(failure);
    };
  }
}
