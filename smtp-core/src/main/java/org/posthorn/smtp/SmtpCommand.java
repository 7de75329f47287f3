package org.posthorn.smtp;

/** A command of the protocol. Stateless, thread-safe. */
public interface SmtpCommand {
  /** In upper case. */
  String verb();

  /** What HELP says about it: the verb and what goes behind it. */
  default String usage() {
    return verb();
  }

  /**
   * Executes: ends with exactly one reply or call of the session.
   *
   * @param arguments what stood behind the verb, without surrounding spaces
   * @throws SmtpSyntaxException answered with 501 5.5.4
   */
  void execute(SmtpSession session, String arguments) throws SmtpSyntaxException;
}
