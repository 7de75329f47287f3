package org.posthorn.pop3;

/** NOOP, RFC 1939 section 5. */
final class NoopCommand extends TransactionCommand {
  NoopCommand() {
    super("NOOP");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    arguments.end();
    session.ok("Done");
  }
}
