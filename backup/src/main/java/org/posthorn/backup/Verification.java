package org.posthorn.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.StoreException;

/** Compares the backup of an account with its catalog, every octet of it. */
final class Verification {
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
      return List.of("no run of a backup of " + account + " was finished, there is no catalog");
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
          String problem = files.problem(entry);
          if (problem != null) {
            problems.add(problem);
          }
          progress.messages(account, mailbox.info().name(), ++state[1], mailbox.messages());
        });
    if (mailbox.identified() && state[0] >= mailbox.uidNext()) {
      problems.add("UIDNEXT is too small in " + mailbox.info().name());
    }
  }
}
