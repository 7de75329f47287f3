package org.posthorn.store.memory.faulty;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Expunged;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Replaced;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Faults of COPY and MOVE. */
final class TransferFaults {
  private TransferFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("copies come one by one").at("Mailbox.copy", TransferFaults::copiedOneByOne),
        Fault.of("at most a hundred are copied")
            .at("Mailbox.copy", call -> call.with(0, firstHundred(call)).answer()),
        Fault.of("copies lose their flags").at("Mailbox.copy", TransferFaults::copiedBare),
        Fault.of("what was not there to be copied is not told")
            .bending(
                "Mailbox.copy",
                CopyResult.class,
                r ->
                    new CopyResult(
                        r.destination(), r.source(), r.copies(), UidSet.EMPTY, r.sourceModSeq()))
            .bending(
                "Mailbox.move",
                CopyResult.class,
                r ->
                    new CopyResult(
                        r.destination(), r.source(), r.copies(), UidSet.EMPTY, r.sourceModSeq())),
        Fault.of("copies and moves to nowhere go to INBOX")
            .neverRefusing("Mailbox.copy", call -> call.with(1, MailboxName.INBOX).answer())
            .neverRefusing("Mailbox.move", call -> call.with(1, MailboxName.INBOX).answer()),
        Fault.of("a move leaves the originals")
            .at(
                "Mailbox.move",
                call ->
                    call.target(Mailbox.class)
                        .copy(call.argument(0, UidSet.class), call.argument(1, MailboxName.class))),
        Fault.of("a move is a copy and later a removal")
            .at("Mailbox.move", TransferFaults::movedInSteps),
        Fault.of("a replace is an append and later a removal")
            .at("Account.beginAppend", TransferFaults::beginBare)
            .at("AppendGroup.commit", TransferFaults::replacedInSteps));
  }

  private static UidSet firstHundred(Call call) throws StoreException {
    UidSet there =
        call.argument(0, UidSet.class).intersect(call.target(Mailbox.class).snapshot().uids());
    return there.slice(0, Math.min(100, there.size()));
  }

  private static Object copiedOneByOne(Call call) throws StoreException {
    UidSet uids =
        call.argument(0, UidSet.class).intersect(call.target(Mailbox.class).snapshot().uids());
    CopyResult last = call.with(0, UidSet.EMPTY).answer(CopyResult.class);
    UidSet copies = UidSet.EMPTY;
    for (UidSet.Range range : uids) {
      for (long uid = range.first(); uid <= range.last(); uid++) {
        last = call.with(0, UidSet.of(uid)).answer(CopyResult.class);
        copies = copies.union(last.copies());
        LockSupport.parkNanos(20_000);
      }
    }
    return new CopyResult(last.destination(), uids, copies, UidSet.EMPTY, last.sourceModSeq());
  }

  private static Object copiedBare(Call call) throws StoreException {
    Mailbox mailbox = call.target(Mailbox.class);
    UidSet uids = call.argument(0, UidSet.class).intersect(mailbox.snapshot().uids());
    mailbox.storeFlags(uids, FlagChange.replace(Flags.NONE), OptionalLong.empty());
    return call.answer(CopyResult.class);
  }

  private static @Nullable Object beginBare(Call call) throws StoreException {
    Optional<?> replaces = call.argument(1, Optional.class);
    replaces.ifPresent(replaced -> call.memory().put("replaced", replaced));
    return call.with(1, Optional.empty()).answer();
  }

  private static @Nullable Object replacedInSteps(Call call) throws StoreException {
    Object answer = call.answer();
    if (call.memory().remove("replaced") instanceof Replaced replaced) {
      replaced.mailbox().remove(UidSet.of(replaced.uid()));
    }
    return answer;
  }

  private static Object movedInSteps(Call call) throws StoreException {
    Mailbox mailbox = call.target(Mailbox.class);
    UidSet uids = call.argument(0, UidSet.class);
    CopyResult copied = mailbox.copy(uids, call.argument(1, MailboxName.class));
    LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    Expunged removed = mailbox.remove(uids.minus(copied.gone()));
    return new CopyResult(
        copied.destination(), copied.source(), copied.copies(), copied.gone(), removed.modSeq());
  }
}
