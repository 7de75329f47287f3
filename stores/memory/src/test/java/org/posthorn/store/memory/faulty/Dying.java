package org.posthorn.store.memory.faulty;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.testkit.store.CrashingStore;

/** Dies between changes of the honest store: before one, or after it and before its answer. */
final class Dying implements CrashingStore {
  private static final List<String> CHANGES =
      List.of(
          "AppendGroup.commit",
          "Mailbox.copy",
          "Mailbox.move",
          "Mailbox.remove",
          "Mailbox.storeFlags");

  private final MailStore store;
  private int left = Integer.MAX_VALUE;

  /**
   * Over a store.
   *
   * @param fault what the store itself does wrong, in steps that this counts
   */
  Dying(MailStore honest, Fault fault) {
    Fault death = Fault.of("dies");
    CHANGES.forEach(change -> death.at(change, this::change));
    store = FaultyStore.of(FaultyStore.of(honest, death), fault);
  }

  private @Nullable Object change(Call call) throws StoreException {
    step();
    Object answer = call.answer();
    step();
    return answer;
  }

  private void step() throws StoreException {
    if (left == 0) {
      throw new StoreException(Code.UNAVAILABLE, "dead");
    }
    left--;
  }

  @Override
  public MailStore store() {
    return store;
  }

  @Override
  public void dieAfter(int steps) {
    left = steps;
  }

  @Override
  public void revive() {
    left = Integer.MAX_VALUE;
  }

  @Override
  public void close() {}
}
