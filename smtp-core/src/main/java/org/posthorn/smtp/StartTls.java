package org.posthorn.smtp;

import java.util.List;
import java.util.Optional;
import org.posthorn.protocol.Demand;

/** RFC 3207. */
final class StartTls implements SmtpExtension, SmtpCommand {
  @Override
  public Optional<String> announcement(SmtpSession session) {
    return available(session) ? Optional.of("STARTTLS") : Optional.empty();
  }

  private static boolean available(SmtpSession session) {
    return session.connection().tlsAvailable() && session.tls() == null;
  }

  @Override
  public List<SmtpCommand> commands() {
    return List.of(this);
  }

  @Override
  public String verb() {
    return "STARTTLS";
  }

  @Override
  public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
    if (!arguments.isEmpty()) {
      throw new SmtpSyntaxException("no argument expected");
    }
    if (session.tls() != null) {
      session.reply(new Verdict(503, "5.5.1", "TLS is active already"));
      return;
    }
    if (!available(session)) {
      session.reply(new Verdict(502, "5.5.1", "STARTTLS not available"));
      return;
    }
    session.resetTransaction();
    session.reply(new Verdict(220, "2.0.0", "Ready to start TLS"));
    session.want(Demand.TLS);
    session.effects().startTls();
  }
}
