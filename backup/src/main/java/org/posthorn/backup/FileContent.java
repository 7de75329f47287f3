package org.posthorn.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** A message that is a file, octet by octet. */
final class FileContent implements MessageContent {
  private final FileChannel channel;
  private final long size;

  FileContent(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, ByteBuffer into) throws StoreException {
    try {
      return channel.read(into, position);
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.FAULT, "a file cannot be read", e);
    }
  }

  @Override
  public void close() throws StoreException {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.FAULT, "a file cannot be closed", e);
    }
  }
}
