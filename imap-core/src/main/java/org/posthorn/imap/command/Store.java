package org.posthorn.imap.command;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.limit.Allowance;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.imap.wire.Words;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.UidSet;

/** STORE, RFC 9051 section 6.4.6, and UID STORE, section 6.4.9. */
public final class Store implements Command {
  /** Whether nothing is told, by what stands behind the mode. */
  private static final Words<Boolean> SILENT =
      new Words<>(Map.of("FLAGS", false, "FLAGS.SILENT", true));

  private final boolean byUid;

  private Store(boolean byUid) {
    this.byUid = byUid;
  }

  /** STORE. */
  public static Store bySequence() {
    return new Store(false);
  }

  /** UID STORE. */
  public static Store byUid() {
    return new Store(true);
  }

  @Override
  public String name() {
    return byUid ? "UID STORE" : "STORE";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  @Override
  public SyncPoint syncPoint() {
    return byUid ? SyncPoint.ALL : SyncPoint.NO_EXPUNGE;
  }

  /**
   * sequence-set SP [store-modifiers SP] ["+" / "-"] "FLAGS" [".SILENT"] SP (flag-list / (flag *(SP
   * flag))).
   */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    in.expectSpace();
    Targets targets = new Targets(in.expectMessageSet(), byUid);
    in.expectSpace();
    OptionalLong unchangedSince = unchangedSince(in, session);
    FlagChange.Mode mode = mode(in);
    Boolean silent = in.acceptWord(SILENT);
    if (silent == null) {
      throw in.error("expected FLAGS");
    }
    in.expectSpace();
    Flags flags = in.expectFlags();
    return new Change(targets, new FlagChange(mode, flags), silent, unchangedSince);
  }

  /** ["(" "UNCHANGEDSINCE" SP mod-sequence-valzer ")" SP]. */
  private static OptionalLong unchangedSince(CommandReader in, Session session)
      throws SyntaxException {
    if (!in.accept('(')) {
      return OptionalLong.empty();
    }
    if (!session.service().registry().has(CondStore.NAME) || !in.acceptName("UNCHANGEDSINCE")) {
      throw in.error("unknown STORE modifier");
    }
    in.expectSpace();
    OptionalLong modSeq = OptionalLong.of(in.expectNumber64());
    in.expect(')');
    in.expectSpace();
    return modSeq;
  }

  private static FlagChange.Mode mode(CommandReader in) {
    if (in.accept('+')) {
      return FlagChange.Mode.ADD;
    }
    return in.accept('-') ? FlagChange.Mode.REMOVE : FlagChange.Mode.REPLACE;
  }

  private record Change(
      Targets targets, FlagChange change, boolean silent, OptionalLong unchangedSince)
      implements Request {
    @Override
    public void execute(Session session) {
      if (unchangedSince.isPresent()) {
        if (!session.selected().hasModSeqs()) {
          session.bad("This mailbox has no MODSEQs");
          return;
        }
        CondStore.enable(session);
      }
      UidSet uids = targets.resolve(session);
      if (uids == null) {
        return;
      }
      if (session.selected().readOnly()) {
        session.no(ResponseCode.READ_ONLY, "Mailbox is read-only");
      } else if (uids.isEmpty()) {
        session.ok("STORE completed");
      } else {
        Allowance allowance = Allowance.of(session, uids);
        new Storing(session, change, allowance, silent, targets.byUid(), unchangedSince).begin();
      }
    }
  }
}
