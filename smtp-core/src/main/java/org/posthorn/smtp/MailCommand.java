package org.posthorn.smtp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Event;

/** MAIL (RFC 5321 section 4.1.1.2). */
final class MailCommand implements SmtpCommand {
  static final Verdict MAIL_FIRST = new Verdict(503, "5.5.1", "MAIL first");

  @Override
  public String verb() {
    return "MAIL";
  }

  @Override
  public String usage() {
    return "MAIL FROM:<address> [parameters]";
  }

  @Override
  public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
    Verdict refusal = refusal(session);
    if (refusal != null) {
      session.reply(refusal);
      return;
    }
    if (!arguments.regionMatches(true, 0, "FROM:", 0, 5)) {
      throw new SmtpSyntaxException("FROM: expected");
    }
    PathParser parser = new PathParser(arguments.substring(5));
    ReversePath sender = parser.reversePath();
    Map<String, String> values = new HashMap<>();
    Verdict welcome = null;
    try {
      Parameters.read(parser, session, SmtpExtension::mailParameters, values);
      if (!values.isEmpty()) {
        welcome = session.service().checkMail(session, values);
      }
    } catch (RefusedException e) {
      session.reply(e.verdict());
      return;
    }
    MailParameters parameters = new MailParameters(values);
    // RFC 6531 section 3.5
    if (!parameters.smtpUtf8() && sender.address().filter(Address::needsUtf8).isPresent()) {
      session.reply(new Verdict(550, "5.6.7", "SMTPUTF8 needed for this address"));
      return;
    }
    begin(session, sender, parameters, welcome);
  }

  private static @Nullable Verdict refusal(SmtpSession session) {
    if (session.helo() == null) {
      return new Verdict(
          503, "5.5.1", session.role() == SmtpRole.LMTP ? "LHLO first" : "EHLO first");
    }
    if (session.service().tlsRequired() && session.tls() == null) {
      return new Verdict(530, "5.7.0", "STARTTLS first");
    }
    if (session.role() == SmtpRole.SUBMISSION && session.user() == null) {
      return new Verdict(530, "5.7.0", "Authentication required");
    }
    if (session.inTransaction()) {
      return new Verdict(503, "5.5.1", "A transaction is under way");
    }
    if (!session.countTransaction()) {
      return new Verdict(452, "4.5.3", "Too many messages in one session");
    }
    return null;
  }

  /** Why content may not come now; null when it may. */
  static @Nullable Verdict contentRefusal(SmtpSession session) {
    Mail mail = session.mail();
    if (mail == null) {
      return MAIL_FIRST;
    }
    if (!mail.accepted().isEmpty()) {
      return null;
    }
    // RFC 5321 section 3.3 lets us choose, RFC 2033 section 4.2 does not.
    return new Verdict(session.role() == SmtpRole.LMTP ? 503 : 554, "5.5.1", "No valid recipients");
  }

  /**
   * @param welcome said instead of the handler's positive answer, unless null
   */
  private static void begin(
      SmtpSession session,
      ReversePath sender,
      MailParameters parameters,
      @Nullable Verdict welcome) {
    session.call(
        new Calls.Begin(
            session.service().handler(),
            session.service().contentRules().identities(),
            session.peer(parameters.smtpUtf8()),
            sender,
            parameters),
        begun -> {
          Transaction transaction = begun.transaction();
          if (transaction != null) {
            session.begin(new Mail(transaction, sender, parameters));
          } else {
            Verdict verdict = begun.verdict();
            session
                .effects()
                .event(new Event.Refused("MAIL FROM:<" + sender + ">", verdict.line()));
          }
          session.reply(transaction != null && welcome != null ? welcome : begun.verdict());
        });
  }
}
