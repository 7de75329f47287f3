package org.posthorn.store.memory.faulty;

import java.nio.ByteBuffer;
import java.util.List;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Append;

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

  static List<Fault> all() {
    return List.of(
        Fault.of("no order is asked of what is restored")
            .neverRefusing("RestoreGroup.next", call -> DROPPED),
        Fault.of("what is restored is dropped").at("RestoreGroup.next", call -> DROPPED),
        Fault.of("only the first part of a restoration is seen")
            .at(
                "RestoreGroup.publish",
                call ->
                    call.memory().putIfAbsent("published", true) == null ? call.answer() : null));
  }
}
