package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.CopyResult;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** COPY and MOVE within an account. */
final class Transfer {
  private final AccountMail mail;
  private final String source;
  private final MailboxName destination;
  private final String target;

  Transfer(AccountMail mail, String source, MailboxName destination) throws StoreException {
    this.mail = mail;
    this.source = source;
    this.destination = destination;
    this.target = mail.tree().requireId(destination);
  }

  String target() {
    return target;
  }

  CopyResult copy(UidSet uids) throws StoreException {
    UidSet wanted = uids.intersect(mail.view(source).cut().uids());
    List<Message> copies = new ArrayList<>();
    UidSet.Builder found = UidSet.builder();
    long octets = 0;
    for (Message message : mail.parts.messages().read(source, wanted)) {
      found.add(message.uid());
      octets += message.size();
      copies.add(message.copied(mail.parts.settings().millis()));
    }
    UidSet copied = found.build();
    QuotaUse growth = QuotaUse.messages(copies.size(), octets);
    mail.checkRoom(growth);
    Claim claim = new Claim(mail.parts.cql(), mail.parts.settings(), target);
    if (!target.equals(source)) {
      claim.add(CassandraMailbox.bodies(copies));
    }
    Addition addition = new Addition(mail.parts.boxes(), copies);
    addition.stageIfMany(target);
    claim.hold();
    Addition.Added added = mail.charged(growth, () -> addition.to(target));
    claim.settled();
    if (addition.isStaged()) {
      mail.parts.boxes().finish(target);
    }
    return new CopyResult(
        mail.tree().info(destination), copied, added.uids(), uids.minus(copied), 0);
  }

  CopyResult move(UidSet uids) throws StoreException {
    return target.equals(source) ? moveHere(uids) : moveThere(uids);
  }

  /** Within a mailbox it is one mutation. */
  private CopyResult moveHere(UidSet uids) throws StoreException {
    return mail.parts
        .boxes()
        .change(
            source,
            draft -> {
              List<Message> there = draft.read(uids);
              List<Message> copies = new ArrayList<>();
              for (Message message : there) {
                copies.add(message.copied(mail.parts.settings().millis()));
              }
              Addition addition = new Addition(mail.parts.boxes(), copies);
              addition.stageIfMany(source);
              Addition.Added added = addition.add(draft);
              UidSet moved = Messages.uids(there);
              if (!there.isEmpty()) {
                Removal.remove(draft, moved, there);
              }
              return new CopyResult(
                  mail.tree().info(destination),
                  moved,
                  added.uids(),
                  uids.minus(moved),
                  added.modSeq());
            });
  }

  private CopyResult moveThere(UidSet uids) throws StoreException {
    Relocation.Moved moved = new Relocation(mail.parts.boxes(), source, target).run(uids);
    return new CopyResult(
        mail.tree().info(destination),
        moved.uids(),
        moved.copies(),
        uids.minus(moved.uids()),
        moved.modSeq());
  }
}
