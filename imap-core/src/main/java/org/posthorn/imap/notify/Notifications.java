package org.posthorn.imap.notify;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * What one session's client asked for by NOTIFY, from its first NOTIFY command on. It is told when
 * nothing else goes on, and no sooner.
 */
public final class Notifications {
  static final ResponseCode OVERFLOW = ResponseCode.atom("NOTIFICATIONOVERFLOW");

  private final Session session;
  private SelectedEvents selected = SelectedEvents.BEFORE_NOTIFY;
  private @Nullable OtherMailboxes others;
  private @Nullable OtherMailboxes next;
  private long nextLook;
  private boolean failed;

  /** Nothing has been asked for yet. */
  public Notifications(Session session) {
    this.session = session;
    this.nextLook = later();
  }

  private long later() {
    return session.effects().nanoTime() + session.service().limits().notifying().look().toNanos();
  }

  /** What is told of the selected mailbox. */
  public SelectedEvents selected() {
    return selected;
  }

  /** NOTIFY NONE. */
  void none() {
    replace(SelectedEvents.NONE, null);
  }

  /** NOTIFY SET: looks first, so that what is told later is told of something known. */
  void set(NotifySet wanted, Runnable then) {
    if (wanted.groups().isEmpty()) {
      replace(wanted.selected(), null);
      then.run();
      return;
    }
    OtherMailboxes begun = new OtherMailboxes(session, wanted);
    next = begun;
    begun.look(
        new OtherMailboxes.Then(
            () -> {
              replace(wanted.selected(), begun);
              then.run();
            },
            why -> {
              giveUp();
              session.fail(why);
            },
            () -> {
              giveUp();
              session.no(OVERFLOW, "Too many mailboxes to tell of");
            }));
  }

  private void giveUp() {
    OtherMailboxes begun = next;
    next = null;
    if (begun != null) {
      begun.release();
    }
  }

  private void replace(SelectedEvents newSelected, @Nullable OtherMailboxes newOthers) {
    OtherMailboxes before = others;
    if (before != null) {
      before.release();
    }
    selected = newSelected;
    others = newOthers;
    next = null;
    failed = false;
    nextLook = later();
  }

  /** A mailbox may have changed. */
  public void hint(MailboxId which) {
    if (others != null) {
      others.hint(which);
    }
    if (next != null) {
      next.hint(which);
    }
  }

  /** Whether there is something to look at now. */
  public boolean isDue() {
    return others != null && others.isDue() && !failed;
  }

  /** Looks and tells; no command is under way, or one that waits. */
  public void look() {
    if (others != null) {
      others.look(new OtherMailboxes.Then(() -> {}, this::failed, this::overflow));
    }
  }

  /** The next look is made when it is time for one. */
  private void failed(StoreException why) {
    failed = true;
    session.fault("notify", why);
  }

  /** RFC 5465 section 5.8. */
  private void overflow() {
    none();
    session.untagged(Status.OK, OVERFLOW, "Too many mailboxes to tell of; NOTIFY is off");
  }

  /** When {@link #tick} has something to do. */
  public long wakeUp() {
    return nextLook;
  }

  /** Looks at everything now and then: a hint may have been lost. */
  public void tick() {
    if (session.effects().nanoTime() - nextLook >= 0) {
      nextLook = later();
      failed = false;
      Selected mailbox = session.selectedOrNull();
      if (mailbox != null) {
        mailbox.touch();
      }
      if (others != null) {
        others.lookAtAll();
      }
    }
  }

  /** This session made a mailbox. */
  public void created(MailboxName name) {
    if (others != null) {
      others.own().create(name);
    }
  }

  /** This session deleted a mailbox. */
  public void deleted(MailboxName name) {
    if (others != null) {
      others.own().delete(name);
    }
  }

  /** This session renamed a mailbox; of INBOX only the messages go. */
  public void renamed(MailboxName from, MailboxName to) {
    created(to);
    if (!from.isInbox()) {
      deleted(from);
    }
  }

  /** This session subscribed to a name, or does not any more. */
  public void subscribed(MailboxName name, boolean on) {
    if (others != null) {
      others.own().subscribe(name, on);
    }
  }

  /** This session put messages into a mailbox. */
  public void arrived(MailboxName name, UidSet uids) {
    if (others != null) {
      others.arrived(name, uids);
    }
  }

  /** The mailbox is no longer selected. */
  public void left(Selected mailbox) {
    if (others != null) {
      others.left(mailbox);
    }
  }

  /** Nothing is told any more. */
  public void end() {
    giveUp();
    replace(SelectedEvents.NONE, null);
  }
}
