package org.posthorn.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.imap.list.ListDetail;
import org.posthorn.imap.list.ListEntry;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.StoreException;

/** Looks up what is to be told of some of the names that LIST found. */
record ListDetailsCall(Account account, List<ListEntry> entries, List<ListDetail> details)
    implements StoreCall<List<ListDetailsCall.Detailed>> {

  /** A name with what is told of it behind its LIST response. */
  record Detailed(ListEntry entry, List<ListDetail.Answer> answers) {}

  @Override
  public List<Detailed> invoke(CallContext context) throws StoreException {
    List<Detailed> result = new ArrayList<>();
    for (ListEntry entry : entries) {
      if (context.cancelled()) {
        throw new StoreException(StoreException.Code.CANCELLED, "list cancelled");
      }
      MailboxInfo mailbox = entry.mailbox();
      result.add(mailbox == null ? new Detailed(entry, List.of()) : about(entry, mailbox));
    }
    return result;
  }

  private Detailed about(ListEntry entry, MailboxInfo mailbox) throws StoreException {
    ListEntry told = entry;
    List<ListDetail.Answer> answers = new ArrayList<>();
    for (ListDetail detail : details) {
      ListDetail.Answer answer = detail.about(account, mailbox);
      if (answer == ListDetail.Answer.NO_SELECT) {
        told = entry.notSelectable();
      } else if (answer != null) {
        answers.add(answer);
      }
    }
    return new Detailed(told, answers);
  }
}
