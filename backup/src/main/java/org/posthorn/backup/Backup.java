package org.posthorn.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * A directory with backups of accounts, made while the store is in use. Each account has a folder
 * of its own: a Maildir++ with the messages, octet by octet, and a catalog with all else:
 * identities, UIDs, MODSEQs, flags, dates, subscriptions, access rights and metadata. A second run
 * writes only what changed since the first. Not for use by several threads or processes at once,
 * which a lock prevents.
 */
public final class Backup {
  private static final String ACCOUNTS = "accounts";
  private static final String LOCK = "lock";
  private static final int PAGE = 1000;

  /**
   * What a run did.
   *
   * @param messages in the backup now
   * @param written messages that were new to it
   * @param octets of those
   */
  public record Result(long mailboxes, long messages, long written, long octets) {
    Result plus(Result other) {
      return new Result(
          mailboxes + other.mailboxes,
          messages + other.messages,
          written + other.written,
          octets + other.octets);
    }
  }

  private final Path directory;

  private Backup(Path directory) {
    this.directory = directory;
  }

  /** A backup in a directory, which the first run makes. */
  public static Backup in(Path directory) {
    return new Backup(directory);
  }

  /**
   * Brings one account up to date.
   *
   * @throws StoreException NONEXISTENT when there is no such account
   * @throws IOException also when another run is under way
   */
  public Result account(MailStore store, String account, Progress progress)
      throws IOException, StoreException {
    Files.createDirectories(directory);
    FileChannel channel = lock();
    try {
      return new AccountBackup(store, account, folder(account), progress).run();
    } finally {
      channel.close();
    }
  }

  /**
   * Brings all accounts of a store up to date; accounts that are gone from it stay in the backup.
   *
   * @throws StoreException CANNOT when the store does not know its accounts
   */
  public Result all(MailStore store, Progress progress) throws IOException, StoreException {
    Result result = new Result(0, 0, 0, 0);
    for (String account : accounts(store)) {
      result = result.plus(account(store, account, progress));
    }
    return result;
  }

  /**
   * The accounts of a store.
   *
   * @throws StoreException CANNOT when the store does not know them
   */
  public static List<String> accounts(MailStore store) throws StoreException {
    AccountDirectory accounts =
        store
            .facet(AccountDirectory.class)
            .orElseThrow(
                () ->
                    new StoreException(
                        StoreException.Code.CANNOT, "this store does not know its accounts"));
    List<String> names = new ArrayList<>();
    List<String> page = accounts.list("", PAGE);
    while (!page.isEmpty()) {
      names.addAll(page);
      page = accounts.list(page.get(page.size() - 1), PAGE);
    }
    return names;
  }

  /** The accounts of this backup, sorted. */
  public List<String> accounts() throws IOException {
    Path accounts = directory.resolve(ACCOUNTS);
    if (!Files.isDirectory(accounts)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(accounts)) {
      return folders
          .filter(Catalog::existsIn)
          .map(folder -> FolderNames.ofFile(folder.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  /**
   * Puts an account back: mailboxes that the backup has replace those of the same name, others
   * stay.
   *
   * @return what was put back
   * @throws IOException when the backup has no such account or is damaged
   */
  public Transfer.Result restore(MailStore store, String account, Progress progress)
      throws IOException, StoreException {
    try (MailSource source = source(account);
        MailTarget target = StoreTarget.restoring(store, account)) {
      return Transfer.run(account, source, target, progress);
    }
  }

  /**
   * The mail of one account of this backup, for an export.
   *
   * @throws IOException when the backup has no such account or its catalog is damaged
   */
  public MailSource source(String account) throws IOException {
    if (!Catalog.existsIn(folder(account))) {
      throw new IOException("no backup of " + account + " in " + directory);
    }
    return new BackupSource(folder(account));
  }

  /**
   * Reads the backup of an account whole and compares it with its catalog.
   *
   * @return what is wrong, one sentence each; empty when all is well
   */
  public List<String> verify(String account, Progress progress) throws IOException {
    return new Verification(folder(account), account, progress).run();
  }

  private Path folder(String account) {
    return directory.resolve(ACCOUNTS).resolve(FolderNames.file(account));
  }

  private FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("another backup into " + directory + " is under way");
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("another backup into " + directory + " is under way", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
