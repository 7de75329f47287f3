package org.posthorn.imap.acl;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.list.ListDetail;
import org.posthorn.imap.list.ListKeyword;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/** RFC 8440: LIST tells the rights on what it finds. */
public final class ListMyRights implements ImapExtension {
  @Override
  public String name() {
    return "LIST-MYRIGHTS";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public Map<String, ListKeyword> listReturns() {
    return Map.of(
        "MYRIGHTS",
        (in, session, options) -> options.tell("MYRIGHTS", new Mine(AccessControl.of(session))));
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(Acl.class);
  }

  private record Mine(Acl acl) implements ListDetail {
    @Override
    public @Nullable Answer about(Account account, MailboxInfo mailbox) throws StoreException {
      if (mailbox.state() == MailboxInfo.State.NON_EXISTENT) {
        return null;
      }
      try {
        Rights rights = acl.mine(account.identity(), mailbox.name());
        return session -> MyRights.write(session, mailbox.name(), rights);
      } catch (StoreException e) {
        // RFC 8440 section 3: where they cannot be looked up they are not told.
        return switch (e.code()) {
          case NONEXISTENT, CANNOT, NO_PERMISSION -> null;
          default -> throw e;
        };
      }
    }
  }
}
