package org.posthorn.imap;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.notify.Notifications;
import org.posthorn.imap.notify.SelectedEvents;
import org.posthorn.protocol.Flow;

/** What a session's client is told without asking: while it waits (IDLE), and by NOTIFY. */
public final class Pushing {
  private final Session session;
  private @Nullable Notifications notifications;

  Pushing(Session session) {
    this.session = session;
  }

  /** What the client is told of the selected mailbox. */
  SelectedEvents selectedEvents() {
    Notifications told = notifications;
    return told == null ? SelectedEvents.BEFORE_NOTIFY : told.selected();
  }

  /** What NOTIFY is about; a client that gives NOTIFY once has it for good. */
  public Notifications notifications() {
    Notifications told = notifications;
    if (told == null) {
      told = new Notifications(session);
      notifications = told;
    }
    return told;
  }

  /** The same, null as long as the client has not given NOTIFY. */
  @Nullable Notifications notificationsOrNull() {
    return notifications;
  }

  /** A command did what the client is not to be told by NOTIFY, since it knows. */
  public void knowsOf(Consumer<Notifications> change) {
    Notifications told = notifications;
    if (told != null) {
      change.accept(told);
    }
  }

  /** Nobody listens any more. */
  void end() {
    Notifications told = notifications;
    if (told != null) {
      notifications = null;
      told.end();
    }
  }

  /** Tells what the client wants to hear between commands; to be called when nothing goes on. */
  void push() {
    Flow flow = session.flow();
    boolean busy = true;
    while (busy && flow.quiet()) {
      busy = pushSome();
      flow.runSteps();
    }
  }

  /** Returns whether there may be more to tell. */
  private boolean pushSome() {
    Selected mailbox = session.selectedOrNull();
    Waiting idle = session.waiting();
    boolean atRest = !session.commandRunning();
    SelectedEvents events = selectedEvents();
    if (mailbox != null && mailbox.dirty() && idle != null) {
      idle.changed();
      return events.messages();
    }
    if (mailbox != null && mailbox.dirty() && atRest && events.atOnce()) {
      session.sync(events.expungeAtOnce() ? SyncPoint.ALL : SyncPoint.NO_EXPUNGE, () -> {});
      return events.messages();
    }
    Notifications told = notifications;
    if (told != null && told.isDue() && (idle != null || atRest)) {
      told.look();
      return true;
    }
    return false;
  }
}
