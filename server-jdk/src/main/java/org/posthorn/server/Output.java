package org.posthorn.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.OutputSource;
import org.posthorn.store.StoreException;

/**
 * What an engine has said and the wire has not taken: octets, sources to be pulled, handles to be
 * released and layers to be switched, in order. A source is read in slices, one at a time, on its
 * lane and only while the wire is writable.
 */
final class Output {
  private static final int SLICE = 64 * 1024;
  private static final int MAX_CHUNK = 64 * 1024;
  private static final int MIN_CHUNK = 256;

  /** Less is cheaper to copy than to send alone. */
  private static final int MIN_GIVEN = 4096;

  private sealed interface Item permits Chunk, Source, Release, Mark {}

  /** Octets that one turn wrote together. */
  private static final class Chunk implements Item {
    byte[] octets;
    int length;

    Chunk(byte[] octets, int length) {
      this.octets = octets;
      this.length = length;
    }

    void append(ByteBuffer bytes) {
      int n = bytes.remaining();
      if (octets.length - length < n) {
        octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + n));
      }
      bytes.get(octets, length, n);
      length += n;
    }
  }

  private static final class Source implements Item {
    final OutputSource source;
    final Lane lane;
    final RunningCall context = new RunningCall(Long.MAX_VALUE);
    long left;

    Source(OutputSource source, Lane lane) {
      this.source = source;
      this.lane = lane;
      this.left = source.length();
    }
  }

  private record Release(AutoCloseable handle) implements Item {}

  /** Points in the output where something else happens. */
  enum Mark implements Item {
    START_TLS,
    START_DEFLATE,
    STOP_DEFLATE,
    END
  }

  private final EngineLoop loop;
  private final Wire wire;
  private final Lanes lanes;
  private final int high;
  private final int low;
  private final Lane storeLane;
  private final ArrayDeque<Item> queue = new ArrayDeque<>(4);

  private @Nullable Deflate deflate;
  private long queued;
  private long sent;
  private boolean pulling;
  private boolean held;
  private boolean dropped;

  /**
   * @param storeLane where handles are closed
   */
  Output(EngineLoop loop, Wire wire, ServerCore core, Lane storeLane) {
    this.storeLane = storeLane;
    this.loop = loop;
    this.wire = wire;
    this.lanes = core.lanes();
    this.high = core.limits().outputHighWater();
    this.low = core.limits().outputLowWater();
  }

  /** Octets given to the wire in all. */
  long sent() {
    return sent;
  }

  /** Whether something waits for the wire. */
  boolean waiting() {
    return !queue.isEmpty();
  }

  /** Below the high-water mark. */
  boolean writable() {
    return dropped || (queued < high && wire.writable());
  }

  /** Below the low-water mark. */
  boolean drained() {
    return dropped || (queued <= low && wire.writable());
  }

  void write(ByteBuffer octets) {
    int n = octets.remaining();
    if (dropped || n == 0) {
      return;
    }
    queued += n;
    if (queue.peekLast() instanceof Chunk last && last.length < MAX_CHUNK) {
      last.append(octets);
    } else {
      Chunk chunk = new Chunk(new byte[Math.max(n, MIN_CHUNK)], 0);
      chunk.append(octets);
      queue.add(chunk);
    }
  }

  /** As write; a large array is taken over as it is. */
  void give(ByteBuffer octets) {
    int n = octets.remaining();
    boolean fromItsStart = octets.hasArray() && octets.arrayOffset() == 0 && octets.position() == 0;
    if (dropped || n < MIN_GIVEN || !fromItsStart) {
      write(octets);
    } else {
      queued += n;
      queue.add(new Chunk(octets.array(), n));
    }
  }

  void transfer(OutputSource source) {
    Lane lane = source.lane() == Lane.STORE ? storeLane : source.lane();
    if (dropped) {
      close(lane, source);
    } else {
      Source item = new Source(source, lane);
      queued += item.left;
      queue.add(item);
    }
  }

  void release(AutoCloseable handle) {
    if (queue.isEmpty()) {
      close(storeLane, handle);
    } else {
      queue.add(new Release(handle));
    }
  }

  void mark(Mark mark) {
    if (!dropped) {
      queue.add(mark);
    }
  }

  /** Nothing goes out until {@link #resume}: a TLS handshake is under way. */
  void hold() {
    held = true;
  }

  void resume() {
    held = false;
  }

  /** Gives the wire what it takes. */
  void pump() {
    while (!held && !pulling && !queue.isEmpty() && next(queue.element())) {}
    if (deflate != null) {
      deflate.flush();
      sent += deflate.takeWritten();
    }
    wire.flush();
  }

  /** Deals with the first item. Returns false when it has to wait. */
  private boolean next(Item item) {
    if (item instanceof Chunk chunk) {
      if (!wire.writable()) {
        return false;
      }
      queue.remove();
      queued -= chunk.length;
      send(ByteBuffer.wrap(chunk.octets, 0, chunk.length));
    } else if (item instanceof Source source) {
      if (!wire.writable()) {
        return false;
      }
      pull(source);
    } else if (item instanceof Release release) {
      queue.remove();
      close(storeLane, release.handle());
    } else if (item instanceof Mark mark) {
      queue.remove();
      reached(mark);
    }
    return true;
  }

  private void reached(Mark mark) {
    switch (mark) {
      case START_TLS -> {
        wire.flush();
        loop.beginTls();
      }
      case END -> wire.shutdownOutput();
      case START_DEFLATE -> deflate = new Deflate(wire);
      case STOP_DEFLATE -> {
        if (deflate != null) {
          deflate.end();
          sent += deflate.takeWritten();
          deflate = null;
        }
      }
    }
  }

  private void send(ByteBuffer octets) {
    if (deflate != null) {
      deflate.write(octets);
    } else {
      sent += octets.remaining();
      wire.write(octets);
    }
  }

  private void pull(Source source) {
    ByteBuffer slice = ByteBuffer.allocate((int) Math.min(source.left, SLICE));
    if (source.lane == Lane.INLINE) {
      pulled(source, slice, read(source, slice));
      return;
    }
    pulling = true;
    lanes
        .lane(source.lane)
        .admit(
            loop.shareKey(),
            () -> {
              StoreException failure = read(source, slice);
              loop.execute(
                  () -> {
                    pulling = false;
                    pulled(source, slice, failure);
                    loop.run();
                  });
            });
  }

  /** Fills the slice. Returns what was in the way. */
  private static @Nullable StoreException read(Source source, ByteBuffer slice) {
    try {
      while (slice.hasRemaining()) {
        int before = slice.position();
        int n = source.source.read(slice, source.context);
        if (n < 0 || slice.position() == before) {
          return new StoreException(
              StoreException.Code.FAULT, "the source ends before its announced length");
        }
      }
      return null;
    } catch (StoreException | RuntimeException | Error e) {
      return StoreException.of(e);
    }
  }

  private void pulled(Source source, ByteBuffer slice, @Nullable StoreException failure) {
    if (dropped) {
      close(source.lane, source.source);
      return;
    }
    if (failure != null) {
      drop();
      loop.torn(failure);
      return;
    }
    slice.flip();
    source.left -= slice.remaining();
    queued -= slice.remaining();
    send(slice);
    if (source.left == 0) {
      queue.remove();
      close(source.lane, source.source);
    }
  }

  /** Forgets what was not sent; sources are closed, handles released. */
  void drop() {
    if (dropped) {
      return;
    }
    dropped = true;
    queued = 0;
    Item first = queue.peek();
    for (Item item : queue) {
      if (item instanceof Source source) {
        source.context.cancel();
        if (!(pulling && item == first)) {
          close(source.lane, source.source);
        }
      } else if (item instanceof Release release) {
        close(storeLane, release.handle());
      }
    }
    queue.clear();
    if (deflate != null) {
      deflate.abandon();
      deflate = null;
    }
  }

  private void close(Lane lane, AutoCloseable handle) {
    if (lane == Lane.INLINE) {
      closeNow(handle);
    } else {
      lanes.lane(lane).admit(loop.shareKey(), () -> closeNow(handle));
    }
  }

  @SuppressWarnings("InterruptedExceptionSwallowed") // nobody interrupts lanes
  private void closeNow(AutoCloseable handle) {
    try {
      handle.close();
    } catch (Exception | Error e) {
      loop.fault("release", e);
    }
  }
}
