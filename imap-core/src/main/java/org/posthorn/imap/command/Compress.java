package org.posthorn.imap.command;

import java.util.Locale;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** COMPRESS, RFC 4978: all that follows passes through DEFLATE, in both directions. */
public final class Compress implements Command {
  private static final ResponseCode COMPRESSIONACTIVE = ResponseCode.atom("COMPRESSIONACTIVE");

  /** Whether it would work now. */
  public static boolean possible(Session session) {
    return State.LOGGED_IN.contains(session.state()) && !session.layers().compressed();
  }

  @Override
  public String name() {
    return "COMPRESS";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** The answer is the last thing in the clear: nothing may come between. */
  @Override
  public SyncPoint syncPoint() {
    return SyncPoint.NONE;
  }

  /** SP algorithm. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    in.expectSpace();
    String algorithm = in.expectAtom().asAscii().toUpperCase(Locale.ROOT);
    return running -> compress(running, algorithm);
  }

  private static void compress(Session session, String algorithm) {
    if (!algorithm.equals("DEFLATE")) {
      session.no(ResponseCode.CANNOT, "DEFLATE is the only algorithm");
    } else if (session.layers().compressed()) {
      session.no(COMPRESSIONACTIVE, "DEFLATE is active already");
    } else {
      session.ok("DEFLATE active");
      session.layers().startCompression();
    }
  }
}
