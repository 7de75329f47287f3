package org.posthorn.pop3;

/** LIST, RFC 1939 section 5. */
final class ListCommand extends TransactionCommand {
  ListCommand() {
    super("LIST");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    if (arguments.isEmpty()) {
      session.ok(maildrop.left() + " messages (" + maildrop.octetsLeft() + " octets)");
      session.listing(number -> line(maildrop, number));
    } else {
      int number = arguments.message(maildrop);
      arguments.end();
      session.ok(line(maildrop, number));
    }
  }

  private static String line(Maildrop maildrop, int number) {
    return number + " " + maildrop.size(number);
  }
}
