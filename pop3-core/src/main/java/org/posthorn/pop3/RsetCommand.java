package org.posthorn.pop3;

/** RSET, RFC 1939 section 5. */
final class RsetCommand extends TransactionCommand {
  RsetCommand() {
    super("RSET");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    arguments.end();
    maildrop.undelete();
    session.ok(
        "Maildrop has " + maildrop.left() + " messages (" + maildrop.octetsLeft() + " octets)");
  }
}
