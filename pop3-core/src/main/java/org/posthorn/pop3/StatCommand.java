package org.posthorn.pop3;

/** STAT, RFC 1939 section 5. */
final class StatCommand extends TransactionCommand {
  StatCommand() {
    super("STAT");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    arguments.end();
    session.ok(maildrop.left() + " " + maildrop.octetsLeft());
  }
}
