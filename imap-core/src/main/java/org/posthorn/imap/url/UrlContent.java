package org.posthorn.imap.url;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.Partial;
import org.posthorn.imap.fetch.Section;
import org.posthorn.imap.fetch.SectionParser;
import org.posthorn.imap.fetch.SectionResolver;
import org.posthorn.imap.fetch.Slices;
import org.posthorn.imap.fetch.SlicesSource;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Part;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.url.ImapUrl;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * A message or part that a URL names, open for reading.
 *
 * @param content the whole message, to be closed
 * @param slices what of it the URL names, all of it
 * @param partial which octets of that, before or after it was decoded; null for all
 * @param part the part whose body is named; null where it is no part's body
 * @param isWhole whether that is the message itself, with its header
 */
record UrlContent(
    MessageContent content,
    Slices slices,
    ImapUrl.@Nullable Partial partial,
    @Nullable Part part,
    boolean isWhole) {
  private static final PageLimit ONE = new PageLimit(1, 1 << 20);

  /** The octets as FETCH BODY[…] would give them; closes the content in the end. */
  OutputSource octets() {
    return new SlicesSource(wanted(), content);
  }

  private Slices wanted() {
    return partial == null
        ? slices
        : slices.partial(new Partial(partial.offset(), partial.length()));
  }

  /** Of so many octets those before the first that is wanted. */
  long skip(long octets) {
    return partial == null ? 0 : Math.min(partial.offset(), octets);
  }

  /** Of so many octets those that are wanted. */
  long length(long octets) {
    long rest = octets - skip(octets);
    return partial == null ? rest : Math.min(partial.length(), rest);
  }

  /**
   * Looks it up.
   *
   * @throws ImapUrlException when there is no such mailbox, message or part
   */
  static UrlContent open(Account account, MailboxName name, ImapUrl url)
      throws ImapUrlException, StoreException {
    if (url.uid() == 0 || url.search() != null) {
      throw new ImapUrlException("The URL names no message");
    }
    Section section = section(url);
    try (Mailbox mailbox = account.open(name, Access.READ)) {
      if (url.uidValidity() != 0 && url.uidValidity() != mailbox.info().uidValidity()) {
        throw new ImapUrlException("Another UIDVALIDITY");
      }
      List<Row> rows =
          mailbox.list(UidSet.of(url.uid()), ONE, Set.of(Item.SIZE, Item.INDEX)).rows();
      if (rows.isEmpty()) {
        throw new ImapUrlException("No such message");
      }
      try (StoredMessage message = new StoredMessage(mailbox, rows.get(0))) {
        return open(message, section, url.partial());
      }
    } catch (StoreException e) {
      switch (e.code()) {
        case NONEXISTENT, CANNOT, NO_PERMISSION, EXPUNGED ->
            throw new ImapUrlException("Not there");
        default -> throw e;
      }
    }
  }

  private static UrlContent open(
      StoredMessage message, Section section, ImapUrl.@Nullable Partial partial)
      throws ImapUrlException, StoreException {
    Slices all = SectionResolver.resolve(section, message.index());
    if (all == null) {
      throw new ImapUrlException("No such part");
    }
    boolean body = section.text() == Section.Text.ALL;
    Part part = body ? SectionResolver.part(section.part(), message.index()) : null;
    return new UrlContent(message.openContent(), all, partial, part, section.part().isEmpty());
  }

  private static Section section(ImapUrl url) throws ImapUrlException {
    if (url.section() == null) {
      return Section.WHOLE;
    }
    try {
      CommandReader in = CommandReader.of("[" + url.section() + "]");
      Section section = SectionParser.section(in);
      in.expectEnd();
      return section;
    } catch (SyntaxException e) {
      throw new ImapUrlException("No such section");
    }
  }
}
