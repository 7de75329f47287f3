package org.posthorn.imap;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;

/**
 * The beginning of a command: RFC 9051: command = tag SP (...).
 *
 * @param tag empty when there is none that could be answered to
 * @param command null when it cannot be executed
 * @param code goes with the complaint
 * @param complaint why not; empty when it can
 * @param arguments at the octet behind the name
 */
record CommandLine(
    Octets tag,
    @Nullable Command command,
    @Nullable ResponseCode code,
    String complaint,
    CommandReader arguments) {

  private CommandLine(Octets tag, @Nullable Command command, String complaint, CommandReader in) {
    this(tag, command, null, complaint, in);
  }

  static CommandLine parse(byte[] octets, Registry registry, Session session) {
    CommandReader in = rest(octets);
    Octets tag;
    try {
      tag = in.expectTag();
      in.expectSpace();
    } catch (SyntaxException e) {
      return new CommandLine(Octets.EMPTY, null, "A command begins with a tag", in);
    }
    try {
      boolean byUid = in.acceptName("UID");
      if (byUid) {
        in.expectSpace();
      }
      Command command = in.acceptWord(byUid ? registry.uidCommands() : registry.commands());
      if (command == null) {
        in.expectName();
        return new CommandLine(tag, null, "Unknown command", in);
      }
      if (!command.states().contains(session.state())) {
        return new CommandLine(tag, null, inWrongState(session.state(), command), in);
      }
      if (!byUid && UidOnly.forbids(session, command)) {
        return new CommandLine(
            tag,
            null,
            UidOnly.UIDREQUIRED,
            "Use UID " + command.name() + " after ENABLE UIDONLY",
            in);
      }
      return new CommandLine(tag, command, "", in);
    } catch (SyntaxException e) {
      return new CommandLine(tag, null, e.getMessage(), in);
    }
  }

  /** What comes behind a streamed literal. */
  static CommandReader rest(byte[] octets) {
    return new CommandReader(octets, 0, octets.length);
  }

  /** Makes it the command under way; when it cannot be executed answers BAD and returns null. */
  @Nullable Command begin(Session session) {
    Command executable = command;
    if (executable == null) {
      session.begin(tag, "unknown", SyncPoint.NONE);
      session.finish(Status.BAD, code, complaint);
      return null;
    }
    session.begin(tag, executable.name(), executable.syncPoint());
    return executable;
  }

  private static String inWrongState(State state, Command command) {
    if (state == State.NOT_AUTHENTICATED) {
      return "Log in first";
    }
    if (command.states().contains(State.SELECTED)) {
      return "Select a mailbox first";
    }
    return command.states().contains(State.AUTHENTICATED)
        ? "Not while a mailbox is selected"
        : "Logged in already";
  }
}
