package org.posthorn.store.support;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.store.FlagChange;
import org.posthorn.store.FlagChange.Mode;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** STORE by somebody who may change some flags only (RFC 4314 section 4). */
record PermittedFlags(Mailbox mailbox, Rights rights) {
  FlagsResult store(UidSet uids, FlagChange change, OptionalLong unchangedSince)
      throws StoreException {
    if (change.mode() == Mode.REPLACE) {
      return replace(uids, change.flags(), unchangedSince);
    }
    Flags permitted = rights.permitted(change.flags());
    if (permitted.isEmpty() && !change.flags().isEmpty()) {
      throw refused();
    }
    return mailbox.storeFlags(uids, new FlagChange(change.mode(), permitted), unchangedSince);
  }

  /** What may not be touched stays: first what goes, then what comes. */
  private FlagsResult replace(UidSet uids, Flags wanted, OptionalLong unchangedSince)
      throws StoreException {
    Flags changeable = rights.permitted(all(mailbox).plus(wanted));
    if (changeable.isEmpty()) {
      throw refused();
    }
    Flags coming = rights.permitted(wanted);
    FlagsResult removed =
        mailbox.storeFlags(uids, FlagChange.remove(changeable.minus(coming)), unchangedSince);
    FlagsResult added =
        mailbox.storeFlags(
            uids.minus(removed.refused()), FlagChange.add(coming), OptionalLong.empty());
    return new FlagsResult(
        removed.changed().union(added.changed()),
        removed.refused(),
        removed.gone().union(added.gone()),
        added.modSeq());
  }

  /** Takes from new copies what whoever copied may not set. */
  static void strip(Mailbox mailbox, UidSet copies, Rights rights) throws StoreException {
    Flags all = all(mailbox);
    Flags forbidden = all.minus(rights.permitted(all));
    if (!forbidden.isEmpty()) {
      mailbox.storeFlags(copies, FlagChange.remove(forbidden), OptionalLong.empty());
    }
  }

  private static Flags all(Mailbox mailbox) throws StoreException {
    List<String> keywords = mailbox.snapshot().keywords();
    return Flags.of(Set.of(SystemFlag.values()), keywords);
  }

  private static StoreException refused() {
    return new StoreException(Code.NO_PERMISSION, "you have no right to change these flags");
  }
}
