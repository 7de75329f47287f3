package org.posthorn.imap;

import org.posthorn.imap.persona.Gmail;
import org.posthorn.imap.persona.Xlist;

/**
 * Extensions that no RFC has and that are there only when they are given to {@link
 * ImapService.Builder#extension}.
 */
public final class Personas {
  private Personas() {}

  /** XLIST, which came before SPECIAL-USE. */
  public static ImapExtension xlist() {
    return new Xlist();
  }

  /** X-GM-EXT-1, as far as FETCH has it: X-GM-MSGID, X-GM-THRID, X-GM-LABELS. */
  public static ImapExtension gmail() {
    return new Gmail();
  }
}
