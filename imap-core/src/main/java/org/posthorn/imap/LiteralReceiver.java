package org.posthorn.imap;

import java.nio.ByteBuffer;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.LiteralHeader;
import org.posthorn.imap.wire.SyntaxException;

/** Takes literals in slices and the text of the command between and behind them. */
public interface LiteralReceiver {
  /**
   * A literal was announced. Leads to {@link Session#takeLiteral} or, through a finish with NO or
   * BAD, to its refusal.
   */
  void announced(LiteralHeader header, Session session);

  /** The most octets that one slice should have. */
  int sliceSize();

  /**
   * Octets of the literal.
   *
   * @param slice valid during this method only
   * @param last whether the literal ends with it
   */
  void octets(ByteBuffer slice, boolean last, Session session);

  /** The command goes on behind the literal and announces one more. */
  void further(CommandReader in, LiteralHeader header, Session session) throws SyntaxException;

  /** The command has ended. */
  void end(CommandReader in, Session session) throws SyntaxException;

  /** The command was given up, by an answer of NO or BAD or by the end of the connection. */
  void abandoned(Session session);
}
