package org.posthorn.pop3;

import org.posthorn.protocol.Event;
import org.posthorn.protocol.StoreCall;

/** RETR, RFC 1939 section 5. Leaves flags alone. */
final class RetrCommand extends TransactionCommand {
  RetrCommand() {
    super("RETR");
  }

  @Override
  void run(Pop3Session session, Maildrop maildrop, Arguments arguments) throws RefusedException {
    int number = arguments.message(maildrop);
    arguments.end();
    int readAhead = session.service().limits().readAheadOctets();
    StoreCall<OpenMessage.Opened> open =
        session.service().answersAtOnce()
            ? OpenMessage.whole(maildrop.mailbox(), maildrop.uid(number), session.plainOnly())
            : maildrop.ahead().open(number, session.plainOnly(), readAhead);
    session.call(
        session
            .service()
            .retrievals()
            .with(open, maildrop.openAccount().identity(), session.effects().now()),
        message -> {
          if (message.needsUtf8()) {
            session.effects().release(message);
            session.err(ResponseCode.UTF8, "The message has a header in UTF-8");
            return;
          }
          session.ok(maildrop.size(number) + " octets");
          new MessageSender(session, message)
              .send(
                  octets -> {
                    maildrop.retrieved(number);
                    session.event(new Event.Retrieved(maildrop.account(), 1, octets));
                  });
        },
        session::fail);
  }
}
