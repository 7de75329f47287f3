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
    Mail mail = session.mail();
    if (mail == null) {
      session.reply(new Verdict(503, "5.5.1", "MAIL first"));
      return;
    }
    if (mail.accepted().isEmpty()) {
      session.reply(new Verdict(554, "5.5.1", "No valid recipients"));
      return;
    }
    session.call(
        new Calls.OpenBody(mail.transaction(), mail.parameters().body(), mail.parameters().size()),
        sink -> {
          session.read(new DataInput(session, mail, sink));
          session.reply(354, "Start mail input; end with <CRLF>.<CRLF>");
        });
  }
}
