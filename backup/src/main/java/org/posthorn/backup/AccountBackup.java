package org.posthorn.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * One run of a backup of one account. What an earlier run has and the store says did not change is
 * not read again. The old catalog is replaced at the very end, and files that only it knows go
 * after that, so that there is a whole backup at every moment.
 */
final class AccountBackup {
  private final MailStore store;
  private final String account;
  private final Path folder;
  private final Progress progress;
  private final Map<MailboxId, MailboxRecord> before = new HashMap<>();

  /** In lower case: where case does not count a listing may tell another one. */
  private final Set<String> referenced = new HashSet<>();

  private @Nullable Catalog earlier;
  private long mailboxes;
  private long messages;
  private long written;
  private long octets;

  AccountBackup(MailStore store, String account, Path folder, Progress progress) {
    this.store = store;
    this.account = account;
    this.folder = folder;
    this.progress = progress;
  }

  Backup.Result run() throws IOException, StoreException {
    Files.createDirectories(folder);
    readEarlier();
    try (StoreSource source = StoreSource.of(store, account);
        CatalogWriter catalog =
            new CatalogWriter(folder, account, Instant.now(), source.account())) {
      for (MailboxRecord record : source.mailboxes()) {
        if (!record.info().selectable()) {
          note(record, catalog);
          continue;
        }
        Optional<Mailbox> opened = source.open(record);
        if (opened.isPresent()) {
          note(record, catalog);
          try (Mailbox mailbox = opened.get()) {
            mailbox(mailbox, record, catalog);
          }
        }
      }
      catalog.finish();
    }
    sweep();
    return new Backup.Result(mailboxes, messages, written, octets);
  }

  private void readEarlier() throws IOException {
    if (!Catalog.existsIn(folder)) {
      Disk.force(folder.toAbsolutePath().getParent());
      return;
    }
    Catalog catalog;
    try {
      catalog = Catalog.open(folder);
    } catch (IOException e) {
      // Nobody can restore from it: everything is read again and it is made anew.
      return;
    }
    earlier = catalog;
    for (MailboxRecord mailbox : catalog.mailboxes()) {
      if (mailbox.info().id() != null) {
        before.put(mailbox.info().id(), mailbox);
      }
    }
  }

  private void note(MailboxRecord record, CatalogWriter catalog) throws IOException {
    catalog.mailbox(record);
    mailboxes++;
  }

  private void mailbox(Mailbox mailbox, MailboxRecord record, CatalogWriter catalog)
      throws IOException, StoreException {
    MailboxName name = record.info().name();
    MessageFiles files = MessageFiles.of(folder, name).prepare();
    Map<Long, Entry> known = new HashMap<>();
    MailboxRecord old = before.get(record.info().id());
    MessageFiles oldFiles = files;
    Catalog catalogBefore = earlier;
    if (old != null
        && catalogBefore != null
        && old.info().uidValidity() == record.info().uidValidity()
        // Else it was restored from an older backup after it had been deleted.
        && record.highestModSeq() >= catalogBefore.cut(old)) {
      if (!old.info().name().equals(name)) {
        oldFiles = MessageFiles.of(folder, old.info().name());
      }
      catalogBefore.entries(old, entry -> known.put(entry.row().uid(), entry));
      if (!known.isEmpty()) {
        update(mailbox, catalogBefore.cut(old), known);
      }
    }
    UidSet uids = StoreSource.uids(mailbox, record);
    new Run(mailbox, record, files, oldFiles, catalog).messages(uids, known);
    files.finish();
  }

  /**
   * Gives the known messages the flags that they have now.
   *
   * @param cut HIGHESTMODSEQ before the earlier run read the first of them
   */
  private static void update(Mailbox mailbox, long cut, Map<Long, Entry> known)
      throws StoreException {
    Cursor cursor = Cursor.after(cut);
    Changes changes;
    do {
      changes = mailbox.changesSince(cursor, PageLimit.DEFAULT);
      for (Row row : changes.changed()) {
        known.computeIfPresent(row.uid(), (uid, entry) -> changed(entry, row));
      }
      cursor = changes.next();
    } while (changes.more());
  }

  private static Entry changed(Entry entry, Row now) {
    Row then = entry.row();
    return new Entry(
        new Row(
            then.uid(),
            now.modSeq(),
            now.flags(),
            then.size(),
            then.internalDate(),
            then.saveDate(),
            then.emailId(),
            then.threadId(),
            null),
        entry.file(),
        entry.sha256());
  }

  /** Removes what the new catalog does not name. */
  private void sweep() throws IOException {
    for (Path file : MessageFiles.all(folder)) {
      String name = file.getFileName().toString();
      int info = name.indexOf(':');
      Path base = info < 0 ? file : file.resolveSibling(name.substring(0, info));
      if (!referenced.contains(key(MessageFiles.slashes(folder.relativize(base))))) {
        Files.delete(file);
      }
    }
  }

  private static String key(String file) {
    return file.toLowerCase(Locale.ROOT);
  }

  /** The messages of one mailbox. */
  private final class Run {
    private final Mailbox mailbox;
    private final MailboxRecord record;
    private final MessageFiles files;
    private final MessageFiles oldFiles;
    private final CatalogWriter catalog;
    private long done;

    Run(
        Mailbox mailbox,
        MailboxRecord record,
        MessageFiles files,
        MessageFiles oldFiles,
        CatalogWriter catalog) {
      this.mailbox = mailbox;
      this.record = record;
      this.files = files;
      this.oldFiles = oldFiles;
      this.catalog = catalog;
    }

    /** In the order of UIDs: known ones are taken over, runs of unknown ones are read by pages. */
    void messages(UidSet uids, Map<Long, Entry> known) throws IOException, StoreException {
      UidSet.Builder unknown = UidSet.builder();
      for (UidSet.Range range : uids) {
        for (long uid = range.first(); uid <= range.last(); uid++) {
          Entry entry = known.remove(uid);
          Entry kept = entry == null ? null : files.keep(entry, entry.row(), oldFiles);
          if (kept == null) {
            unknown.add(uid);
          } else {
            read(unknown.build());
            unknown = UidSet.builder();
            note(kept);
          }
        }
      }
      read(unknown.build());
    }

    private void read(UidSet uids) throws IOException, StoreException {
      StoreSource.each(
          mailbox,
          uids,
          (row, content) -> {
            Entry entry;
            try {
              entry = files.write(row, record.info().uidValidity(), content);
            } catch (StoreException e) {
              if (e.code() == StoreException.Code.EXPUNGED) {
                return;
              }
              throw e;
            }
            written++;
            octets += content.size();
            note(entry);
          });
    }

    private void note(Entry entry) throws IOException {
      catalog.message(entry);
      referenced.add(key(entry.file()));
      messages++;
      progress.messages(account, record.info().name(), ++done, record.messages());
    }
  }
}
