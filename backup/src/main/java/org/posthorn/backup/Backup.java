package org.posthorn.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;
import org.posthorn.store.Promise;
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

  /**
   * What a run over all accounts did.
   *
   * @param failed by account, why it is not up to date
   */
  public record AllResult(Result done, Map<String, Exception> failed) {}

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
    return locked(() -> new AccountBackup(store, account, folder(account), progress).run());
  }

  /**
   * Brings all accounts of a store up to date, and what belongs to none: shared metadata of the
   * server and limits of shared quota roots. Accounts that are gone from it stay in the backup. One
   * that fails keeps none of the others waiting.
   *
   * @throws StoreException CANNOT when the store does not know its accounts
   * @throws IOException when another run is under way
   */
  public AllResult all(MailStore store, Progress progress) throws IOException, StoreException {
    return locked(() -> allUnlocked(store, progress));
  }

  private AllResult allUnlocked(MailStore store, Progress progress)
      throws IOException, StoreException {
    saveServer(store);
    Result done = new Result(0, 0, 0, 0);
    Map<String, Exception> failed = new TreeMap<>();
    for (String account : accounts(store)) {
      try {
        done = done.plus(new AccountBackup(store, account, folder(account), progress).run());
      } catch (IOException | StoreException | RuntimeException e) {
        if (!isGone(store, account)) {
          failed.put(account, e);
        }
      }
    }
    return new AllResult(done, failed);
  }

  /**
   * Brings up to date what belongs to no account, as {@link #all} does.
   *
   * @throws StoreException CANNOT when the store does not know its accounts
   * @throws IOException when another run is under way
   */
  public void server(MailStore store) throws IOException, StoreException {
    var unused = locked(() -> saveServer(store));
  }

  /** Whether there was an account to ask in the name of. */
  private boolean saveServer(MailStore store) throws IOException, StoreException {
    List<String> accounts = accounts(store);
    if (accounts.isEmpty()) {
      return false;
    }
    new ServerRecord(directory, store, accounts).save();
    return true;
  }

  private static boolean isGone(MailStore store, String account) throws StoreException {
    Optional<AccountDirectory> accounts = store.facet(AccountDirectory.class);
    return accounts.isPresent() && !accounts.get().exists(account);
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
    List<String> accounts = new ArrayList<>();
    for (Path folder : folders()) {
      if (Catalog.existsIn(folder)) {
        accounts.add(accountOf(folder));
      }
    }
    Collections.sort(accounts);
    return accounts;
  }

  /**
   * Accounts of which there is a folder and no catalog, sorted: it was lost, or no run was ever
   * finished. Nothing of them can be restored.
   */
  public List<String> incomplete() throws IOException {
    List<String> accounts = new ArrayList<>();
    for (Path folder : folders()) {
      if (!Catalog.existsIn(folder)) {
        accounts.add(FolderNames.ofFile(folder.getFileName().toString()));
      }
    }
    Collections.sort(accounts);
    return accounts;
  }

  private List<Path> folders() throws IOException {
    Path accounts = directory.resolve(ACCOUNTS);
    if (!Files.isDirectory(accounts)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(accounts)) {
      return folders.filter(Files::isDirectory).toList();
    }
  }

  /** The name of a folder may be a hash only; a damaged catalog does not tell. */
  private static String accountOf(Path folder) {
    try {
      return Catalog.accountOf(folder);
    } catch (IOException e) {
      return FolderNames.ofFile(folder.getFileName().toString());
    }
  }

  /**
   * Puts an account back: mailboxes that the backup has replace those of the same name, others
   * stay. All of the backup is read and compared with its catalog before anything is changed.
   * Should it then break off, because the disk is full or the process ends, each mailbox is the old
   * one or the restored one, where the store has {@link Promise#ATOMIC_RESTORE}, else the one that
   * it was at is there in part; it is to be run again.
   *
   * @return what was put back
   * @throws IOException when the backup has no such account or is damaged
   */
  public Transfer.Result restore(MailStore store, String account, Progress progress)
      throws IOException, StoreException {
    requireFolder(account);
    List<String> problems = verify(account, progress);
    if (!problems.isEmpty()) {
      throw new IOException(
          "nothing of " + account + " was restored, its backup is damaged: " + problems.get(0));
    }
    try (MailSource source = source(account);
        MailTarget target = StoreTarget.restoring(store, account)) {
      return Transfer.run(account, source, target, progress);
    }
  }

  private void requireFolder(String account) throws IOException {
    if (!Files.isDirectory(folder(account))) {
      throw new IOException("no backup of " + account + " in " + directory);
    }
  }

  /**
   * Gives the server the shared metadata that {@link #all} kept, and no other, and shared quota
   * roots the limits that they had. Which roots there are is known from the accounts of the store,
   * which are made before.
   *
   * @return what was left out, one sentence each
   * @throws StoreException CANNOT when the store does not know its accounts
   */
  public List<String> restoreServer(MailStore store) throws IOException, StoreException {
    List<String> accounts = accounts(store);
    return accounts.isEmpty() ? List.of() : new ServerRecord(directory, store, accounts).restore();
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
    Path accounts = directory.resolve(ACCOUNTS);
    Path folder = accounts.resolve(FolderNames.account(account));
    if (Files.exists(folder)) {
      return folder;
    }
    try {
      Path former = accounts.resolve(FolderNames.formerAccount(account));
      return Catalog.existsIn(former) && accountOf(former).equals(account) ? former : folder;
    } catch (InvalidPathException e) {
      // This JVM cannot even name it.
      return folder;
    }
  }

  private interface Run<T> {
    T run() throws IOException, StoreException;
  }

  private <T> T locked(Run<T> run) throws IOException, StoreException {
    Files.createDirectories(directory);
    FileChannel channel = lock();
    try {
      return run.run();
    } finally {
      channel.close();
    }
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
