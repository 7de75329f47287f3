package org.posthorn.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** An account as a backup has it; what is not what it was is refused before anybody sees it. */
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
  public AccountRecord account() {
    return catalog.account();
  }

  @Override
  public void messages(MailboxRecord mailbox, Visitor visitor) throws IOException, StoreException {
    MessageFiles files = MessageFiles.of(folder, mailbox.info().name());
    catalog.entries(
        mailbox,
        entry -> {
          String problem = files.problem(entry);
          Path file = files.find(entry);
          if (problem != null || file == null) {
            throw new IOException("the backup is damaged, " + problem);
          }
          try (MessageContent content = new FileContent(file)) {
            visitor.message(entry.row(), content);
          }
        });
  }

  @Override
  public void close() {}
}
