package org.posthorn.pop3;

/** DELE, RFC 1939 section 5: marks only; QUIT removes. */
final class DeleCommand extends TransactionCommand {
  DeleCommand() {
    super("DELE");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    int number = arguments.message(maildrop);
    arguments.end();
    maildrop.delete(number);
    session.ok("Message " + number + " is marked as deleted");
  }
}
