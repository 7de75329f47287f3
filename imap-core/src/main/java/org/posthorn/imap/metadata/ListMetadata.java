package org.posthorn.imap.metadata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.list.ListDetail;
import org.posthorn.imap.list.ListKeyword;
import org.posthorn.store.Account;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.StoreException;

/** RFC 9590: LIST gives annotations of what it finds. */
public final class ListMetadata implements ImapExtension {
  @Override
  public String name() {
    return "LIST-METADATA";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  /** {@code "METADATA" SP "(" entry *(SP entry) ")"}. */
  @Override
  public Map<String, ListKeyword> listReturns() {
    return Map.of(
        "METADATA",
        (in, session, options) -> {
          in.expectSpace();
          List<EntryName> names = Entries.list(in);
          options.tell("METADATA", new Values(MetadataExtension.of(session), names));
        });
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(Metadata.class);
  }

  private record Values(Metadata metadata, List<EntryName> names) implements ListDetail {
    @Override
    public @Nullable Answer about(Account account, MailboxInfo mailbox) throws StoreException {
      if (!mailbox.selectable()) {
        return null;
      }
      Optional<MailboxName> name = Optional.of(mailbox.name());
      try {
        Map<EntryName, byte[]> all = metadata.get(account.identity(), name);
        Wanted.Answer answer = Wanted.exactly(names).outOf(all);
        return session -> Entries.write(session, name, answer.values());
      } catch (StoreException e) {
        // RFC 9590 section 3: where they cannot be looked up they are not told.
        return switch (e.code()) {
          case NONEXISTENT, CANNOT, NO_PERMISSION -> null;
          default -> throw e;
        };
      }
    }
  }
}
