package org.posthorn.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.posthorn.backup.Backup;
import org.posthorn.backup.EmlSource;
import org.posthorn.backup.EmlTarget;
import org.posthorn.backup.MailSource;
import org.posthorn.backup.MailTarget;
import org.posthorn.backup.MaildirSource;
import org.posthorn.backup.MaildirTarget;
import org.posthorn.backup.MboxSource;
import org.posthorn.backup.MboxTarget;
import org.posthorn.backup.StoreSource;
import org.posthorn.backup.StoreTarget;
import org.posthorn.backup.Transfer;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Backup, restore, import, export and copies from the command line. */
final class BackupCommands {
  private BackupCommands() {}

  /** What is read and written besides a backup. */
  enum Format {
    MAILDIR,
    MBOX,
    EML;

    MailSource read(Path path) throws IOException {
      return switch (this) {
        case MAILDIR -> new MaildirSource(path);
        case MBOX -> new MboxSource(path);
        case EML -> new EmlSource(path);
      };
    }

    MailTarget write(Path path) {
      return switch (this) {
        case MAILDIR -> new MaildirTarget(path);
        case MBOX -> new MboxTarget(path);
        case EML -> new EmlTarget(path);
      };
    }
  }

  private static void tell(PrintStream out, String account, Transfer.Result result) {
    out.printf(
        "%s: %d mailboxes, %d messages, %d octets%n",
        account, result.mailboxes(), result.messages(), result.octets());
    result.remarks().forEach(remark -> out.printf("%s: %s%n", account, remark));
  }

  /** What is done for an account. */
  private interface Task {
    void run(String account) throws IOException, StoreException;
  }

  /** One account that fails is named and keeps none of the others waiting. */
  private static int each(List<String> accounts, PrintStream errors, Task task) {
    int status = ExitCode.OK;
    for (String account : accounts) {
      try {
        task.run(account);
      } catch (IOException | StoreException | RuntimeException e) {
        errors.println(account + ": failed: " + e.getMessage());
        status = ExitCode.SOFTWARE;
      }
    }
    return status;
  }

  @Command(
      name = "backup",
      mixinStandardHelpOptions = true,
      description = "Brings a backup up to date: all accounts, or those named.")
  static final class Save implements Callable<Integer> {
    @Option(names = "--store", required = true, description = "As for serve.")
    String store = "";

    @Option(names = "--to", required = true, description = "Directory of the backup.")
    Path to = Path.of("");

    @Option(names = "--account", description = "An account; may be given several times.")
    List<String> accounts = new ArrayList<>();

    @Override
    public Integer call() throws IOException, StoreException {
      try (MailStore open = StoreOption.openToRead(store);
          ProgressLine progress = new ProgressLine()) {
        Backup backup = Backup.in(to);
        if (accounts.isEmpty()) {
          backup.server(open);
        }
        return each(
            accounts.isEmpty() ? Backup.accounts(open) : accounts,
            System.err,
            account -> {
              Backup.Result result = backup.account(open, account, progress);
              progress.clear();
              System.out.printf(
                  "%s: %d mailboxes, %d messages, %d of them new (%d octets)%n",
                  account,
                  result.mailboxes(),
                  result.messages(),
                  result.written(),
                  result.octets());
            });
      }
    }
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Puts accounts back as a backup has them: all, or those named.")
  static final class Restore implements Callable<Integer> {
    @Option(names = "--store", required = true, description = "As for serve.")
    String store = "";

    @Option(names = "--from", required = true, description = "Directory of the backup.")
    Path from = Path.of("");

    @Option(names = "--account", description = "An account; may be given several times.")
    List<String> accounts = new ArrayList<>();

    @Override
    public Integer call() throws IOException, StoreException {
      try (MailStore open = StoreOption.open(store);
          ProgressLine progress = new ProgressLine()) {
        Backup backup = Backup.in(from);
        List<String> chosen = accounts.isEmpty() ? backup.accounts() : accounts;
        if (accounts.isEmpty() && !chosen.isEmpty()) {
          StoreTarget.create(open, chosen);
          backup.restoreServer(open).forEach(System.err::println);
        }
        return each(
            chosen,
            System.err,
            account -> {
              Transfer.Result result = backup.restore(open, account, progress);
              progress.clear();
              tell(System.out, account, result);
            });
      }
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Reads a backup whole and tells what is wrong with it.")
  static final class Verify implements Callable<Integer> {
    @Option(names = "--from", required = true, description = "Directory of the backup.")
    Path from = Path.of("");

    @Override
    public Integer call() throws IOException {
      int status = ExitCode.OK;
      Backup backup = Backup.in(from);
      List<String> accounts = backup.accounts();
      List<String> incomplete = backup.incomplete();
      if (accounts.isEmpty() && incomplete.isEmpty()) {
        throw new IllegalArgumentException("no backup in " + from);
      }
      for (String account : incomplete) {
        System.out.println(account + ": no run was finished, there is no catalog");
        status = ExitCode.SOFTWARE;
      }
      try (ProgressLine progress = new ProgressLine()) {
        for (String account : accounts) {
          List<String> problems = backup.verify(account, progress);
          progress.clear();
          for (String problem : problems) {
            System.out.println(account + ": " + problem);
            status = ExitCode.SOFTWARE;
          }
          if (problems.isEmpty()) {
            System.out.println(account + ": good");
          }
        }
      }
      return status;
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes the mail of an account for other programs.")
  static final class Export implements Callable<Integer> {
    @Option(names = "--store", required = true, description = "As for serve.")
    String store = "";

    @Option(names = "--account", required = true)
    String account = "";

    @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
    @Nullable Format format;

    @Option(names = "--to", required = true, description = "A directory.")
    Path to = Path.of("");

    @Override
    public Integer call() throws IOException, StoreException {
      try (MailStore open = StoreOption.openToRead(store);
          MailSource source = StoreSource.of(open, account);
          MailTarget target = chosen(format).write(to);
          ProgressLine progress = new ProgressLine()) {
        Transfer.Result result = Transfer.run(account, source, target, progress);
        progress.clear();
        tell(System.out, account, result);
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = "Adds mail that other programs wrote to an account.")
  static final class Import implements Callable<Integer> {
    @Option(names = "--store", required = true, description = "As for serve.")
    String store = "";

    @Option(names = "--account", required = true, description = "Made where it is missing.")
    String account = "";

    @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
    @Nullable Format format;

    @Option(names = "--from", required = true, description = "A directory; for mbox also a file.")
    Path from = Path.of("");

    @Override
    public Integer call() throws IOException, StoreException {
      try (MailStore open = StoreOption.open(store);
          MailSource source = chosen(format).read(from);
          MailTarget target = StoreTarget.adding(open, account);
          ProgressLine progress = new ProgressLine()) {
        Transfer.Result result = Transfer.run(account, source, target, progress);
        progress.clear();
        tell(System.out, account, result);
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "copy",
      mixinStandardHelpOptions = true,
      description = "Copies accounts from one store to another: all, or those named.")
  static final class Copy implements Callable<Integer> {
    @Option(names = "--from", required = true, description = "A store, as for serve.")
    String from = "";

    @Option(names = "--to", required = true, description = "A store, as for serve.")
    String to = "";

    @Option(names = "--account", description = "An account; may be given several times.")
    List<String> accounts = new ArrayList<>();

    @Override
    public Integer call() throws IOException, StoreException {
      try (MailStore source = StoreOption.openToRead(from);
          MailStore target = StoreOption.open(to);
          ProgressLine progress = new ProgressLine()) {
        List<String> chosen = accounts.isEmpty() ? Backup.accounts(source) : accounts;
        if (accounts.isEmpty()) {
          StoreTarget.create(target, chosen);
        }
        return each(
            chosen,
            System.err,
            account -> {
              try (MailSource mail = StoreSource.of(source, account);
                  MailTarget place = StoreTarget.restoring(target, account)) {
                Transfer.Result result = Transfer.run(account, mail, place, progress);
                progress.clear();
                tell(System.out, account, result);
              }
            });
      }
    }
  }

  private static Format chosen(@Nullable Format format) {
    if (format == null) {
      throw new IllegalArgumentException("no format");
    }
    return format;
  }
}
