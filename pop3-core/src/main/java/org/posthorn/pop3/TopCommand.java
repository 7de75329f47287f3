package org.posthorn.pop3;

/** TOP, RFC 1939 section 7: the header, the blank line and some lines of the body. */
final class TopCommand extends TransactionCommand {
  TopCommand() {
    super("TOP");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    int number = arguments.message(maildrop);
    int lines = arguments.number("a number of lines");
    arguments.end();
    OpenMessage open =
        OpenMessage.top(maildrop.mailbox(), maildrop.uid(number), lines, session.plainOnly());
    session.call(
        open,
        message -> {
          if (message.needsUtf8()) {
            session.effects().release(message);
            session.err(ResponseCode.UTF8, "The message has a header in UTF-8");
            return;
          }
          session.ok("Top of message follows");
          new MessageSender(session, message).send(octets -> {});
        },
        session::fail);
  }
}
