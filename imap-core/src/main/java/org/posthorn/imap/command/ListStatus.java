package org.posthorn.imap.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.list.ListDetail;
import org.posthorn.imap.list.ListKeyword;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StoreException;

/** RFC 5819: LIST gives the STATUS of the mailboxes that it finds. */
public final class ListStatus implements ImapExtension {
  private static final String NAME = "LIST-STATUS";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(NAME);
  }

  /** {@code "STATUS" SP "(" status-att *(SP status-att) ")"}. */
  @Override
  public Map<String, ListKeyword> listReturns() {
    return Map.of(
        "STATUS",
        (in, session, options) -> {
          in.expectSpace();
          options.tell("STATUS", new Counters(StatusAttributes.parse(in, session)));
        });
  }

  private record Counters(StatusAttributes attributes) implements ListDetail {
    @Override
    public void asked(Session session) {
      attributes.begin(session);
    }

    @Override
    public @Nullable Answer about(Account account, MailboxInfo mailbox) throws StoreException {
      if (!mailbox.selectable()) {
        return null;
      }
      MailboxStatus status;
      try {
        status = account.status(mailbox.name(), attributes.items());
      } catch (StoreException e) {
        return switch (e.code()) {
          // Deleted meanwhile, or to be seen but not to be read.
          case NONEXISTENT, CANNOT, NO_PERMISSION -> Answer.NO_SELECT;
          default -> throw e;
        };
      }
      return session -> attributes.write(session, mailbox.name(), status);
    }
  }
}
