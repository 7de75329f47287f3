package org.posthorn.smtp.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.AddressParser;
import org.posthorn.mime.MailAddress;
import org.posthorn.mime.Octets;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.SenderIdentities;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/** Whether a user may write as those that From names. */
final class AuthorCheck {
  private final List<MailAddress> authors = new ArrayList<>();
  private int fields;
  private boolean tooLong;

  /** A From field. */
  void add(byte[] field, int length) {
    fields++;
    tooLong |= length > HeaderSplitter.MOST;
    if (fields == 1 && !tooLong) {
      Octets whole = Octets.of(Arrays.copyOf(field, length));
      int colon = whole.indexOf((byte) ':');
      authors.addAll(AddressParser.parse(whole.slice(colon + 1)));
    }
  }

  /** Null when all is well. */
  @Nullable Verdict verdict(SenderIdentities identities, Identity user) throws StoreException {
    if (fields != 1 || tooLong) {
      return new Verdict(550, "5.6.0", "One From field expected");
    }
    int mailboxes = 0;
    for (MailAddress author : authors) {
      if (author.isGroupStart() || author.isGroupEnd()) {
        continue;
      }
      mailboxes++;
      Address address = address(author);
      if (address == null || !identities.owns(user, address)) {
        return new Verdict(550, "5.7.1", "From names an address that is not yours");
      }
    }
    return mailboxes > 0 ? null : new Verdict(550, "5.6.0", "From without an address");
  }

  private static @Nullable Address address(MailAddress author) {
    if (author.mailbox() == null || author.host() == null) {
      return null;
    }
    try {
      return new Address(author.mailbox().asUtf8(), author.host().asUtf8());
    } catch (IllegalArgumentException e) {
      return null; // nothing that an address can be
    }
  }
}
