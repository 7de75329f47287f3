package org.posthorn.imap.limit;

import java.util.List;
import java.util.Map;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.ImapLimits;
import org.posthorn.imap.Session;
import org.posthorn.imap.search.SearchKeyword;
import org.posthorn.imap.search.UidBounds;

/** RFC 9738: MESSAGELIMIT, or SAVELIMIT, which is about COPY and APPEND alone. */
public final class MessageLimit implements ImapExtension {
  private static final String ALL = "MESSAGELIMIT";
  private static final String SAVING = "SAVELIMIT";

  private final String name;
  private final long limit;

  private MessageLimit(String name, long limit) {
    this.name = name;
    this.limit = limit;
  }

  /** A limit for all commands that work on messages. */
  public static MessageLimit all(long messages) {
    return new MessageLimit(ALL, messages);
  }

  /** A limit for commands that make new messages. */
  public static MessageLimit saving(long messages) {
    return new MessageLimit(SAVING, messages);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name + "=" + limit);
  }

  /** RFC 9738 section 3.2. */
  @Override
  public Map<String, SearchKeyword> searchKeys() {
    return name.equals(ALL) ? UidBounds.KEYWORDS : Map.of();
  }

  /** How many messages one command may work on; {@link Long#MAX_VALUE} without a limit. */
  static long of(Session session) {
    return orNone(session.service().limits().messageLimit());
  }

  /** How many messages one command may make. */
  public static long ofSaving(Session session) {
    ImapLimits limits = session.service().limits();
    return orNone(limits.messageLimit() > 0 ? limits.messageLimit() : limits.saveLimit());
  }

  private static long orNone(int limit) {
    return limit == 0 ? Long.MAX_VALUE : limit;
  }
}
