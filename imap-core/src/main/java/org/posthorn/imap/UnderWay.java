package org.posthorn.imap;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Octets;

/** The command under way in a session: from its first line to its tagged response. */
final class UnderWay {
  private final Session session;
  private final Progress progress;
  private @Nullable Running running;
  private @Nullable Waiting waiting;
  private boolean stopping;

  /** The command. */
  private record Running(Octets tag, String name, SyncPoint syncPoint) {}

  UnderWay(Session session) {
    this.session = session;
    this.progress = new Progress(session);
  }

  void begin(Octets tag, String name, SyncPoint syncPoint) {
    running = new Running(tag, name, syncPoint);
    progress.begin();
  }

  /** Whether there is one. */
  boolean exists() {
    return running != null;
  }

  Octets tag() {
    return running().tag();
  }

  /** For messages to the integrator. */
  String name() {
    Running command = running;
    return command == null ? "idle" : command.name();
  }

  Progress progress() {
    return progress;
  }

  /** It waits for changes, until it finishes. */
  void waits(@Nullable Waiting command) {
    waiting = command;
  }

  /** What waits for changes; null where nothing does. */
  @Nullable Waiting waiting() {
    return waiting;
  }

  /** EXPUNGE is not told at its end. */
  void holdExpunge() {
    Running command = running();
    running = new Running(command.tag(), command.name(), SyncPoint.NO_EXPUNGE);
  }

  /** It is the last one. */
  void stop() {
    stopping = true;
  }

  /** Tells what the view missed, where that is allowed, and then how it went. */
  void finish(Status status, @Nullable ResponseCode code, String text) {
    Running command = running();
    SyncPoint point = status == Status.BAD ? SyncPoint.NONE : command.syncPoint();
    if (point == SyncPoint.NONE) {
      answer(command, status, code, text);
    } else {
      session.sync(point, () -> answer(command, status, code, text));
    }
  }

  private void answer(Running command, Status status, @Nullable ResponseCode asked, String text) {
    ResponseCode code = CondStore.atEnd(session, status, asked);
    ResponseEncoder out = session.out();
    // A command without a readable tag is answered untagged.
    StatusLine.write(
        command.tag().isEmpty() ? out.untagged() : out.tagged(command.tag()), status, code, text);
    running = null;
    waiting = null;
    session.input().commandEnded(status);
    if (stopping) {
      session.bye(null, "Server is going down");
    }
  }

  private Running running() {
    Running command = running;
    if (command == null) {
      throw new IllegalStateException("no command is under way");
    }
    return command;
  }
}
