package org.posthorn.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/**
 * Holds the content of one message until it is decided about: in memory at first, in a file beyond
 * a size. The file has no name from the beginning where the system allows, so nothing is left
 * behind. Used by one thread at a time.
 */
public final class Spool implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final Path directory;
  private final int memory;
  private byte[] held;
  private @Nullable FileChannel file;
  private long size;

  /**
   * @param directory where the file goes
   * @param memory octets that are held in memory
   */
  public Spool(Path directory, int memory) {
    this.directory = directory;
    this.memory = memory;
    this.held = new byte[Math.min(memory, 8 << 10)];
  }

  /** Octets so far. */
  public long size() {
    return size;
  }

  /** Takes all of the chunk. */
  public void write(ByteBuffer chunk) throws StoreException {
    int octets = chunk.remaining();
    if (file == null && size + octets <= memory) {
      hold(chunk);
    } else {
      append(chunk);
    }
    size += octets;
  }

  private void hold(ByteBuffer chunk) {
    int before = (int) size;
    int after = before + chunk.remaining();
    if (after > held.length) {
      held = Arrays.copyOf(held, Math.max(after, Math.min(2 * held.length, memory)));
    }
    chunk.get(held, before, after - before);
  }

  private ByteBuffer held() {
    return ByteBuffer.wrap(held, 0, (int) size);
  }

  private void append(ByteBuffer chunk) throws StoreException {
    try {
      FileChannel channel = file;
      if (channel == null) {
        channel = create();
        file = channel;
        writeFully(channel, held());
        held = NOTHING;
      }
      writeFully(channel, chunk);
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.NO_SPACE, "spool file cannot be written", e);
    }
  }

  private FileChannel create() throws IOException {
    Files.createDirectories(directory);
    Path path = Files.createTempFile(directory, "spool", ".eml");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Takes the content in chunks, whose octets it does not change. */
  @FunctionalInterface
  public interface Sink {
    void write(ByteBuffer chunk) throws StoreException;
  }

  /** Gives all of the content, from its beginning; as often as wanted. */
  public void copyTo(Sink sink) throws StoreException {
    FileChannel channel = file;
    if (channel == null) {
      sink.write(held());
      return;
    }
    try {
      ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
      for (long position = 0; position < size; ) {
        buffer.clear();
        int read = channel.read(buffer, position);
        if (read < 0) {
          throw new StoreException(StoreException.Code.FAULT, "spool file was cut off");
        }
        position += read;
        sink.write(buffer.flip());
      }
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.UNAVAILABLE, "spool file cannot be read", e);
    }
  }

  /**
   * Reads some octets.
   *
   * @return octets read, -1 at the end
   */
  public int read(long position, ByteBuffer into) throws StoreException {
    if (position >= size) {
      return -1;
    }
    FileChannel channel = file;
    if (channel == null) {
      int n = (int) Math.min(into.remaining(), size - position);
      into.put(held, (int) position, n);
      return n;
    }
    try {
      return channel.read(into, position);
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.UNAVAILABLE, "spool file cannot be read", e);
    }
  }

  /** The first octets, as many as there are and no more than asked for; to be read only. */
  public ByteBuffer head(int octets) throws StoreException {
    FileChannel channel = file;
    if (channel == null) {
      return ByteBuffer.wrap(held, 0, (int) Math.min(octets, size));
    }
    try {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(octets, size));
      while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {
        // read on
      }
      return buffer.flip();
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.UNAVAILABLE, "spool file cannot be read", e);
    }
  }

  @Override
  public void close() throws StoreException {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.FAULT, "spool file cannot be closed", e);
    }
  }
}
