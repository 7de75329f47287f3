package org.posthorn.store.memory.faulty;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Append;
import org.posthorn.store.Restoration.RestoreGroup;
import org.posthorn.store.StoreException;

/** Faults of mailboxes that come back. */
final class RestorationFaults {
  private static final Append DROPPED =
      new Append() {
        @Override
        public void write(ByteBuffer chunk) {
          chunk.position(chunk.limit());
        }

        @Override
        public void end(MessageIndex index) {}
      };

  private RestorationFaults() {}

  private static @Nullable Object emptying(Call call) throws StoreException {
    call.answer(RestoreGroup.class).commit();
    return call.answer();
  }

  static List<Fault> all() {
    return List.of(
        Fault.of("no order is asked of what is restored")
            .neverRefusing("RestoreGroup.next", call -> DROPPED),
        Fault.of("what is restored is dropped").at("RestoreGroup.next", call -> DROPPED),
        Fault.of("what is restored never takes its place").at("RestoreGroup.commit", call -> null),
        Fault.of("a restoration that is broken off is committed")
            .at(
                "RestoreGroup.close",
                call -> {
                  call.target(RestoreGroup.class).commit();
                  return call.answer();
                }),
        Fault.of("a mailbox goes when the restoration over it begins")
            .at("Restoration.begin", RestorationFaults::emptying));
  }
}
