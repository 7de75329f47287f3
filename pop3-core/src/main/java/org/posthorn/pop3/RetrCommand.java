package org.posthorn.pop3;

import org.posthorn.protocol.Event;

/** RETR, RFC 1939 section 5. Leaves flags alone. */
final class RetrCommand extends TransactionCommand {
  RetrCommand() {
    super("RETR");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    int number = arguments.message(maildrop);
    arguments.end();
    OpenMessage open = OpenMessage.whole(maildrop.mailbox(), maildrop.uid(number));
    session.call(
        open,
        message -> {
          session.ok(maildrop.size(number) + " octets");
          new MessageSender(session, message)
              .send(octets -> session.event(new Event.Retrieved(maildrop.account(), 1, octets)));
        },
        session::fail);
  }
}
