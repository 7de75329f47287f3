package org.posthorn.store.memory.faulty;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.posthorn.store.Access;
import org.posthorn.store.Expunged;
import org.posthorn.store.FlagChange;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Faults of STORE, EXPUNGE and of who may use a mailbox. */
final class ChangeFaults {
  private ChangeFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("flags are only ever added")
            .at("Mailbox.storeFlags", call -> flags(call, c -> FlagChange.add(c.flags()))),
        Fault.of("flags are not stored")
            .at(
                "Mailbox.storeFlags",
                call ->
                    new FlagsResult(call.argument(0, UidSet.class), UidSet.EMPTY, UidSet.EMPTY, 1)),
        Fault.of("each message of a STORE has a MODSEQ of its own")
            .at("Mailbox.storeFlags", ChangeFaults::oneByOne),
        Fault.of("what is as wanted is said to have changed")
            .bending("Mailbox.storeFlags", FlagsResult.class, r -> r)
            .at("Mailbox.storeFlags", ChangeFaults::allChanged),
        Fault.of("what is not there is not told")
            .bending(
                "Mailbox.storeFlags",
                FlagsResult.class,
                r -> new FlagsResult(r.changed(), r.refused(), UidSet.EMPTY, r.modSeq())),
        Fault.of("UNCHANGEDSINCE is not looked at")
            .at("Mailbox.storeFlags", call -> call.with(2, OptionalLong.empty()).answer()),
        Fault.of("all that is refused for want of rights is said to be done")
            .neverRefusing(
                "Mailbox.storeFlags",
                call -> new FlagsResult(UidSet.EMPTY, UidSet.EMPTY, UidSet.EMPTY, 1)),
        Fault.of("MODSEQ of a STORE is that before")
            .bending(
                "Mailbox.storeFlags",
                FlagsResult.class,
                r -> new FlagsResult(r.changed(), r.refused(), r.gone(), 1)),
        Fault.of("EXPUNGE does nothing")
            .at("Mailbox.expungeDeleted", call -> new Expunged(UidSet.EMPTY, 1)),
        Fault.of("EXPUNGE takes all that is deleted")
            .at(
                "Mailbox.expungeDeleted",
                call -> call.with(0, UidSet.range(1, UidSet.MAX_UID)).answer()),
        Fault.of("an EXPUNGE of nothing counts")
            .bending(
                "Mailbox.expungeDeleted",
                Expunged.class,
                e -> new Expunged(e.uids(), e.modSeq() + 1)),
        Fault.of("removal takes only what is deleted")
            .at(
                "Mailbox.remove",
                call -> call.target(Mailbox.class).expungeDeleted(call.argument(0, UidSet.class))),
        Fault.of("removal from a mailbox that is gone is done")
            .neverRefusing("Mailbox.remove", call -> new Expunged(UidSet.EMPTY, 1)),
        Fault.of("exclusive use is shared")
            .at(
                "Account.open",
                call ->
                    call.argument(1, Access.class) == Access.EXCLUSIVE
                        ? call.with(1, Access.WRITE).answer()
                        : call.answer()),
        Fault.of("exclusive use keeps all others out").at("Account.open", ChangeFaults::jealous),
        Fault.of("who may read may change")
            .at(
                "Account.open",
                call ->
                    call.argument(1, Access.class) == Access.READ
                        ? call.with(1, Access.WRITE).answer()
                        : call.answer()),
        Fault.of("one mailbox of an account is open at a time for oneself")
            .at("Account.open", ChangeFaults::onlyOneExclusive));
  }

  private interface Change {
    FlagChange of(FlagChange change);
  }

  private static Object flags(Call call, Change change) throws StoreException {
    return call.with(1, change.of(call.argument(1, FlagChange.class))).answer(FlagsResult.class);
  }

  private static Object oneByOne(Call call) throws StoreException {
    FlagsResult last = new FlagsResult(UidSet.EMPTY, UidSet.EMPTY, UidSet.EMPTY, 1);
    UidSet all =
        call.argument(0, UidSet.class).intersect(call.target(Mailbox.class).snapshot().uids());
    for (UidSet.Range range : all) {
      for (long uid = range.first(); uid <= range.last(); uid++) {
        FlagsResult one = call.with(0, UidSet.of(uid)).answer(FlagsResult.class);
        last =
            new FlagsResult(
                last.changed().union(one.changed()), one.refused(), one.gone(), one.modSeq());
      }
    }
    return last;
  }

  private static Object allChanged(Call call) throws StoreException {
    FlagsResult r = call.answer(FlagsResult.class);
    return new FlagsResult(call.argument(0, UidSet.class), r.refused(), r.gone(), r.modSeq());
  }

  private static Object jealous(Call call) throws StoreException {
    if (call.memory().containsKey("taken")) {
      throw new StoreException(Code.IN_USE, "somebody has it for himself");
    }
    if (call.argument(1, Access.class) == Access.EXCLUSIVE) {
      call.memory().put("taken", call);
    }
    return Objects.requireNonNull(call.answer());
  }

  private static Object onlyOneExclusive(Call call) throws StoreException {
    if (call.argument(1, Access.class) == Access.EXCLUSIVE
        && call.memory().putIfAbsent("taken", call) != null) {
      throw new StoreException(Code.IN_USE, "the account is in use");
    }
    return Objects.requireNonNull(call.answer());
  }
}
