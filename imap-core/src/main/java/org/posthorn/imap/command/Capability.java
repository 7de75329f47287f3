package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.CapabilityCode;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;

/** RFC 9051 section 6.1.1. */
public final class Capability implements Command {
  @Override
  public String name() {
    return "CAPABILITY";
  }

  @Override
  public Set<State> states() {
    return State.ANY;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Capability::execute;
  }

  private static void execute(Session session) {
    new CapabilityCode(session.capabilities()).encode(session.out().untagged());
    session.out().crlf();
    session.ok("CAPABILITY completed");
  }
}
