package org.posthorn.backup;

import java.io.IOException;
import java.util.List;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** Carries all mail of one account from a source to a target. */
public final class Transfer {
  /**
   * What was carried.
   *
   * @param octets of the messages
   * @param remarks what the target could not take, one sentence each
   */
  public record Result(long mailboxes, long messages, long octets, List<String> remarks) {
    public Result {
      remarks = List.copyOf(remarks);
    }
  }

  private final String account;
  private final Progress progress;
  private long mailboxes;
  private long messages;
  private long octets;

  private Transfer(String account, Progress progress) {
    this.account = account;
    this.progress = progress;
  }

  /**
   * Carries; the caller closes both ends.
   *
   * @param account for the progress only
   */
  public static Result run(String account, MailSource from, MailTarget to, Progress progress)
      throws IOException, StoreException {
    Transfer transfer = new Transfer(account, progress);
    for (MailboxRecord mailbox : from.mailboxes()) {
      transfer.mailbox(mailbox, from, to);
    }
    to.account(from.account());
    to.finish();
    return new Result(transfer.mailboxes, transfer.messages, transfer.octets, to.remarks());
  }

  private void mailbox(MailboxRecord mailbox, MailSource from, MailTarget to)
      throws IOException, StoreException {
    MailboxName name = mailbox.info().name();
    long before = messages;
    try (MailTarget.Box box = to.begin(mailbox)) {
      if (mailbox.info().selectable()) {
        from.messages(
            mailbox,
            (row, content) -> {
              box.message(row, content);
              messages++;
              octets += content.size();
              progress.messages(account, name, messages - before, mailbox.messages());
            });
      }
      box.end();
    }
    mailboxes++;
  }
}
