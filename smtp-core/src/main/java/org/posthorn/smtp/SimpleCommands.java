package org.posthorn.smtp;

import java.util.List;

/** The commands that are one reply each (RFC 5321 sections 4.1.1.5 to 4.1.1.10). */
final class SimpleCommands {
  private static final Verdict UNVERIFIED =
      new Verdict(252, "2.5.2", "Cannot verify, but will take messages and try to deliver");

  private SimpleCommands() {}

  static List<SmtpCommand> all() {
    return List.of(
        command("RSET", SimpleCommands::reset),
        command("NOOP", (session, arguments) -> session.reply(Verdict.OK)),
        command("QUIT", SimpleCommands::quit),
        command("VRFY", SimpleCommands::verify),
        command("EXPN", SimpleCommands::verify),
        command("HELP", SimpleCommands::help));
  }

  @FunctionalInterface
  private interface Action {
    void execute(SmtpSession session, String arguments) throws SmtpSyntaxException;
  }

  private static SmtpCommand command(String verb, Action action) {
    return new SmtpCommand() {
      @Override
      public String verb() {
        return verb;
      }

      @Override
      public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
        action.execute(session, arguments);
      }
    };
  }

  private static void reset(SmtpSession session, String arguments) throws SmtpSyntaxException {
    expectNone(arguments);
    session.resetTransaction();
    session.reply(Verdict.OK);
  }

  private static void quit(SmtpSession session, String arguments) throws SmtpSyntaxException {
    expectNone(arguments);
    session.resetTransaction();
    session.bye(new Verdict(221, "2.0.0", "Bye"), "QUIT");
  }

  /** RFC 5321 section 7.3: who is a user here is not told. */
  private static void verify(SmtpSession session, String arguments) throws SmtpSyntaxException {
    if (arguments.isEmpty()) {
      throw new SmtpSyntaxException("user or list name expected");
    }
    session.reply(UNVERIFIED);
  }

  private static void help(SmtpSession session, String arguments) {
    String verbs = String.join(" ", session.service().verbs(session));
    session.reply(new Verdict(214, "2.0.0", "Commands: " + verbs));
  }

  private static void expectNone(String arguments) throws SmtpSyntaxException {
    if (!arguments.isEmpty()) {
      throw new SmtpSyntaxException("no argument expected");
    }
  }
}
