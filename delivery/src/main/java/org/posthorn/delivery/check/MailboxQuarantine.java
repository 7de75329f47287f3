package org.posthorn.delivery.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/**
 * Keeps quarantined mail in a mailbox, for somebody who looks at it with a mail program. What the
 * envelope said and why it is there stands in front of the message: {@code X-Quarantine-Reason},
 * {@code X-Envelope-From}, {@code X-Envelope-To}. Thread-safe.
 */
public final class MailboxQuarantine implements Quarantine {
  private static final String NEXT_LINE = ",\r\n\t";

  private final MailStore store;
  private final String account;
  private final MailboxName mailbox;

  /**
   * A mailbox, which is made where it is missing.
   *
   * @param account must exist when mail is to be kept; otherwise that is refused for now
   */
  public MailboxQuarantine(MailStore store, String account, MailboxName mailbox) {
    this.store = store;
    this.account = account;
    this.mailbox = mailbox;
  }

  @Override
  public Verdict keep(
      SmtpPeer peer, ReversePath sender, List<Recipient> recipients, String reason, Spool content)
      throws StoreException {
    byte[] fields = fields(sender, recipients, reason).getBytes(StandardCharsets.UTF_8);
    try (Account owner = store.open(Identity.delivery(account));
        AppendGroup group = begin(owner)) {
      AppendSpec spec = AppendSpec.plain().withSize(fields.length + content.size());
      IndexingAppend append = new IndexingAppend(group.next(spec));
      append.write(ByteBuffer.wrap(fields));
      content.copyTo(append::write);
      append.end();
      group.commit();
    } catch (StoreException e) {
      // Whose mailbox is missing or full, the sender has nothing to do with it.
      throw new StoreException(
          StoreException.Code.UNAVAILABLE, "the quarantine " + account + " takes nothing", e);
    }
    return new Verdict(250, "2.0.0", "OK, held");
  }

  private AppendGroup begin(Account owner) throws StoreException {
    try {
      return owner.beginAppend(mailbox, Optional.empty());
    } catch (StoreException e) {
      if (e.code() != StoreException.Code.NONEXISTENT) {
        throw e;
      }
    }
    owner.create(mailbox, Set.of());
    return owner.beginAppend(mailbox, Optional.empty());
  }

  private static String fields(ReversePath sender, List<Recipient> recipients, String reason) {
    String to =
        recipients.stream()
            .map(recipient -> '<' + recipient.address().toString() + '>')
            .collect(Collectors.joining(NEXT_LINE));
    return "X-Quarantine-Reason: "
        + reason.replaceAll("[^ -~]", "?")
        + "\r\nX-Envelope-From: <"
        + sender
        + ">\r\nX-Envelope-To: "
        + to
        + "\r\n";
  }
}
