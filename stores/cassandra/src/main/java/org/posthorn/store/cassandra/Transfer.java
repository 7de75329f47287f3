package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.store.CopyResult;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * COPY and MOVE within an account. A MOVE is first written down in the mailbox from which it comes:
 * whoever opens or changes that mailbox finishes it, and it arrives once.
 */
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
    if (!target.equals(source)) {
      Bodies.refer(mail.parts.cql(), target, copies);
    }
    Addition addition = new Addition(mail.parts.boxes(), copies);
    addition.stageIfMany(target);
    Addition.Added added =
        mail.charged(QuotaUse.messages(copies.size(), octets), () -> addition.to(target));
    if (copies.size() > Boxes.BATCH) {
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
    long number = Ids.move();
    Leftovers.Note note = Leftovers.moving(mail.parts.cql(), source, target, number);
    UidSet[] wanted = {UidSet.EMPTY};
    mail.parts
        .boxes()
        .change(
            source,
            draft -> {
              List<Message> there = draft.read(uids);
              wanted[0] = Messages.uids(there);
              if (there.isEmpty()) {
                return false;
              }
              Bodies.refer(mail.parts.cql(), target, there);
              Bodies.doubt(mail.parts.cql(), source, CassandraMailbox.bodies(there));
              draft.modSeq();
              draft.box.intent =
                  new Intent.Move(
                      number,
                      target,
                      wanted[0],
                      Optional.empty(),
                      there.size(),
                      mail.parts.settings().millis());
              return true;
            });
    UidSet moved = wanted[0];
    if (moved.isEmpty()) {
      Leftovers.done(mail.parts.cql(), note);
      Box box = mail.parts.boxes().quiet(source);
      return new CopyResult(mail.tree().info(destination), moved, moved, uids, box.modSeq);
    }
    Box after = mail.parts.boxes().quiet(source);
    UidSet copies = Leftovers.arrived(mail.parts.boxes(), target, number, (int) moved.size(), note);
    if (moved.size() > Boxes.BATCH) {
      mail.parts.boxes().finish(target);
    }
    return new CopyResult(
        mail.tree().info(destination), moved, copies, uids.minus(moved), after.modSeq);
  }
}
