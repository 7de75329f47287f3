package org.posthorn.smtp;

import java.util.List;
import java.util.Locale;

/** The commands that are one reply each (RFC 5321 sections 4.1.1.5 to 4.1.1.10). */
final class SimpleCommands {
  private SimpleCommands() {}

  static List<SmtpCommand> all() {
    return List.of(
        command("RSET", SimpleCommands::reset),
        command("NOOP", (session, arguments) -> session.reply(Verdict.OK)),
        command("QUIT", SimpleCommands::quit),
        LookupCommand.verify(),
        LookupCommand.expand(),
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

  /** RFC 5321 section 4.1.1.8. */
  private static void help(SmtpSession session, String topic) {
    if (topic.isEmpty()) {
      String verbs = String.join(" ", session.service().verbs(session));
      session.reply(new Verdict(214, "2.0.0", "Commands: " + verbs));
      return;
    }
    String usage = session.service().usage(topic.toUpperCase(Locale.ROOT), session);
    session.reply(
        usage == null
            ? new Verdict(504, "5.5.4", "No help about that")
            : new Verdict(214, "2.0.0", usage));
  }

  private static void expectNone(String arguments) throws SmtpSyntaxException {
    if (!arguments.isEmpty()) {
      throw new SmtpSyntaxException("no argument expected");
    }
  }
}
