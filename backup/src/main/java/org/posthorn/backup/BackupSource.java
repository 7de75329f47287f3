package org.posthorn.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** An account as a backup has it. */
final class BackupSource implements MailSource {
  private final Path folder;
  private final Catalog catalog;

  BackupSource(Path folder) throws IOException {
    this.folder = folder;
    this.catalog = Catalog.open(folder);
  }

  @Override
  public List<MailboxRecord> mailboxes() {
    return catalog.mailboxes();
  }

  @Override
  public void messages(MailboxRecord mailbox, Visitor visitor) throws IOException, StoreException {
    MessageFiles files = MessageFiles.of(folder, mailbox.info().name());
    catalog.entries(
        mailbox,
        entry -> {
          Path file = files.find(entry);
          if (file == null) {
            throw new IOException("the backup lacks " + entry.file());
          }
          try (MessageContent content = new FileContent(file)) {
            if (content.size() != entry.row().size()) {
              throw new IOException("not as long as it was: " + file);
            }
            visitor.message(entry.row(), content);
          }
        });
  }

  @Override
  public void close() {}
}
