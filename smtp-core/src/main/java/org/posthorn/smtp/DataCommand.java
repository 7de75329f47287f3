package org.posthorn.smtp;

/** DATA (RFC 5321 section 4.1.1.4). */
final class DataCommand implements SmtpCommand {
  @Override
  public String verb() {
    return "DATA";
  }

  @Override
  public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
    if (!arguments.isEmpty()) {
      throw new SmtpSyntaxException("no argument expected");
    }
    Verdict refusal = MailCommand.contentRefusal(session);
    Mail mail = session.mail();
    if (refusal != null || mail == null) {
      session.reply(refusal == null ? MailCommand.MAIL_FIRST : refusal);
    } else if (mail.hasContent()) {
      // RFC 3030 section 2
      session.reply(new Verdict(503, "5.5.1", "BDAT has begun"));
    } else if (mail.parameters().body() == BodyKind.BINARY_MIME) {
      // RFC 3030 section 3
      session.reply(new Verdict(503, "5.5.1", "BDAT expected for BODY=BINARYMIME"));
    } else {
      mail.data(
          session,
          content -> {
            session.read(new DataInput(session, content));
            session.reply(354, "Start mail input; end with <CRLF>.<CRLF>");
          });
    }
  }
}
