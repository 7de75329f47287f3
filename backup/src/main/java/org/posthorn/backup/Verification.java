package org.posthorn.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** Compares the backup of an account with its catalog, every octet of it. */
final class Verification {
  private static final int CHUNK = 64 << 10;

  private final Path folder;
  private final String account;
  private final Progress progress;
  private final List<String> problems = new ArrayList<>();

  Verification(Path folder, String account, Progress progress) {
    this.folder = folder;
    this.account = account;
    this.progress = progress;
  }

  List<String> run() throws IOException {
    if (!Catalog.existsIn(folder)) {
      return List.of("there is no backup of " + account);
    }
    try {
      Catalog catalog = Catalog.open(folder);
      for (MailboxRecord mailbox : catalog.mailboxes()) {
        mailbox(catalog, mailbox);
      }
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
    return problems;
  }

  private void mailbox(Catalog catalog, MailboxRecord mailbox) throws IOException, StoreException {
    MessageFiles files = MessageFiles.of(folder, mailbox.info().name());
    long[] state = {0, 0};
    catalog.entries(
        mailbox,
        entry -> {
          if (entry.row().uid() <= state[0]) {
            problems.add("UIDs out of order in " + mailbox.info().name());
          }
          state[0] = entry.row().uid();
          message(entry, files.find(entry));
          progress.messages(account, mailbox.info().name(), ++state[1], mailbox.messages());
        });
    if (mailbox.identified() && state[0] >= mailbox.uidNext()) {
      problems.add("UIDNEXT is too small in " + mailbox.info().name());
    }
  }

  private void message(Entry entry, @Nullable Path file) throws IOException {
    if (file == null) {
      problems.add("missing: " + entry.file());
      return;
    }
    MessageDigest digest = MessageFiles.sha256();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    long size = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer)) {
        digest.update(buffer.flip());
        buffer.clear();
        size += n;
      }
    }
    if (size != entry.row().size()) {
      problems.add("not as long as it was: " + entry.file());
    } else if (!HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
      problems.add("not what it was: " + entry.file());
    }
  }
}
