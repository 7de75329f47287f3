package org.posthorn.store.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.WatchSpec;

/**
 * Hints within one process: what one of those who joined tells, all others hear before it returns.
 * For a store that one process has for itself, and for several stores of one process. Thread-safe.
 */
public final class LocalHints {
  private final List<Member> members = new CopyOnWriteArrayList<>();

  /** One more server, or what stands for one. */
  public HintBus join() {
    return new Member();
  }

  private final class Member implements HintBus {
    private volatile @Nullable Ear ear;

    @Override
    public void start(Ear newEar) {
      ear = newEar;
      members.add(this);
    }

    @Override
    public void tell(String account, MailboxId id, MailboxName name) {
      for (Member member : members) {
        Ear listening = member.ear;
        if (member != this && listening != null) {
          listening.heard(account, id, name);
        }
      }
    }

    @Override
    public Runnable watched(String account, WatchSpec what) {
      return () -> {};
    }

    @Override
    public void close() {
      ear = null;
      members.remove(this);
    }
  }
}
