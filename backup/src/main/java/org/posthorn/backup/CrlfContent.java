package org.posthorn.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** A file whose lines get the line ends of the network where they lack them; read forwards. */
final class CrlfContent implements MessageContent {
  private static final int CHUNK = 64 << 10;

  private final Path file;
  private final long size;
  private final byte[] chunk = new byte[CHUNK];
  private InputStream in;
  private int filled;
  private int taken;
  private int last;
  private boolean owesLf;
  private long position;

  CrlfContent(Path file) throws IOException {
    this.file = file;
    this.size = measure(file);
    this.in = Files.newInputStream(file);
  }

  private static long measure(Path file) throws IOException {
    long size = 0;
    int last = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        size += n;
        for (int i = 0; i < n; i++) {
          if (chunk[i] == '\n' && last != '\r') {
            size++;
          }
          last = chunk[i];
        }
      }
    }
    return size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long from, ByteBuffer into) throws StoreException {
    try {
      if (from < position) {
        rewind();
      }
      while (position < from) {
        if (next() < 0) {
          return -1;
        }
      }
      int count = 0;
      while (into.hasRemaining()) {
        int octet = next();
        if (octet < 0) {
          break;
        }
        into.put((byte) octet);
        count++;
      }
      return count == 0 && into.hasRemaining() ? -1 : count;
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.FAULT, "a file cannot be read", e);
    }
  }

  private void rewind() throws IOException {
    in.close();
    in = Files.newInputStream(file);
    filled = 0;
    taken = 0;
    last = 0;
    owesLf = false;
    position = 0;
  }

  private int next() throws IOException {
    if (owesLf) {
      owesLf = false;
      last = '\n';
      position++;
      return '\n';
    }
    if (taken == filled) {
      filled = in.read(chunk);
      taken = 0;
      if (filled <= 0) {
        filled = 0;
        return -1;
      }
    }
    int octet = chunk[taken++] & 0xff;
    position++;
    if (octet == '\n' && last != '\r') {
      owesLf = true;
      return '\r';
    }
    last = octet;
    return octet;
  }

  @Override
  public void close() throws StoreException {
    try {
      in.close();
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.FAULT, "a file cannot be closed", e);
    }
  }
}
