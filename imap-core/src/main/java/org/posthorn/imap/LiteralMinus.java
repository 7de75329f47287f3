package org.posthorn.imap;

import java.util.List;
import org.posthorn.imap.wire.LiteralHeader;

/**
 * RFC 7888 section 5: clients may send small literals without waiting, large ones not. Takes the
 * place of LITERAL+ by {@link ImapService.Builder#smallLiteralsOnly}.
 */
final class LiteralMinus implements ImapExtension {
  private static final int MAX_OCTETS = 4096;

  @Override
  public String name() {
    return "LITERAL-";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  /** Whether a client should have waited before it sent this literal. */
  static boolean forbids(ImapService service, LiteralHeader header) {
    return !header.synchronizing()
        && header.octets() > MAX_OCTETS
        && service.registry().has("LITERAL-");
  }
}
