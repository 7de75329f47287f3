package org.posthorn.imap.condstore;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.imap.StatusAttribute;
import org.posthorn.imap.UidOnly;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.fetch.ModSeqItem;
import org.posthorn.imap.fetch.RowItem;
import org.posthorn.imap.search.SearchKeyword;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;

/** RFC 7162 section 3.1: changes are numbered, and a client may ask by these numbers. */
public final class CondStore implements ImapExtension {
  /** As given to ENABLE. */
  public static final String NAME = "CONDSTORE";

  private static final List<FetchItem> FLAGS = List.of(RowItem.FLAGS);
  private static final List<FetchItem> STATE =
      List.of(RowItem.UID, RowItem.FLAGS, ModSeqItem.MODSEQ);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(NAME);
  }

  @Override
  public Map<String, FetchKeyword> fetchItems() {
    return Map.of("MODSEQ", in -> ModSeqItem.MODSEQ);
  }

  @Override
  public Map<String, SearchKeyword> searchKeys() {
    return Map.of("MODSEQ", ModSeqKey::parse);
  }

  @Override
  public Map<String, StatusAttribute> statusItems() {
    return Map.of("HIGHESTMODSEQ", new HighestModSeq());
  }

  @Override
  public Set<String> enables() {
    return Set.of(NAME);
  }

  /** Whether this session's client has shown that it knows of MODSEQs. */
  public static boolean isEnabled(Session session) {
    return session.isEnabled(NAME) || session.isEnabled(Qresync.NAME);
  }

  /** The client has given a CONDSTORE enabling command (RFC 7162 section 3.1). */
  public static void enable(Session session) {
    if (isEnabled(session)) {
      return;
    }
    session.enabled().add(NAME);
    Selected selected = session.selectedOrNull();
    if (selected != null && selected.hasModSeqs()) {
      session.untagged(Status.OK, highest(selected), "CONDSTORE is enabled");
    }
  }

  /** What this session's client is told of a message whose flags changed. */
  public static List<FetchItem> state(Session session) {
    if (!isEnabled(session)) {
      return FLAGS;
    }
    return UidOnly.isEnabled(session) ? STATE.subList(1, STATE.size()) : STATE;
  }

  /** The HIGHESTMODSEQ response code. */
  public static ResponseCode highest(Selected selected) {
    return ResponseCode.number("HIGHESTMODSEQ", selected.highestModSeq());
  }

  /**
   * A command ends: where the client would else conclude from the MODSEQs it has seen that it knows
   * more than it does, or could not conclude what it knows now, it is told (RFC 7162 sections 3.2
   * and 6).
   *
   * @return the code for the tagged response
   */
  public static @Nullable ResponseCode atEnd(
      Session session, Status status, @Nullable ResponseCode code) {
    Selected selected = session.selectedOrNull();
    if (selected == null || !selected.owesHighestModSeq() || !isEnabled(session)) {
      return code;
    }
    if (code == null && status == Status.OK) {
      return highest(selected);
    }
    session.untagged(Status.OK, highest(selected), "So far");
    return code;
  }

  /** RFC 7162 section 3.1.7. */
  private record HighestModSeq() implements StatusAttribute {
    @Override
    public Set<StatusItem> items() {
      return Set.of(StatusItem.HIGHESTMODSEQ);
    }

    @Override
    public void write(MailboxStatus status, Session session, ResponseEncoder out) {
      out.number(status.get(StatusItem.HIGHESTMODSEQ));
    }

    @Override
    public void asked(Session session) {
      enable(session);
    }
  }
}
