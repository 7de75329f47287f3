package org.posthorn.pop3;

/** UIDL, RFC 1939 section 7. */
final class UidlCommand extends TransactionCommand {
  UidlCommand() {
    super("UIDL");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    if (arguments.isEmpty()) {
      session.ok("Unique ids follow");
      session.listing(number -> line(maildrop, number));
    } else {
      int number = arguments.message(maildrop);
      arguments.end();
      session.ok(line(maildrop, number));
    }
  }

  private static String line(Maildrop maildrop, int number) {
    return number + " " + maildrop.uniqueId(number);
  }
}
