package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.posthorn.backup.Backup;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Brings a backup up to date: all accounts, or those named.")
final class BackupCommand implements Callable<Integer> {
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
      return PerAccount.each(
          accounts.isEmpty() ? Backup.accounts(open) : accounts,
          System.err,
          account -> {
            Backup.Result result = backup.account(open, account, progress);
            progress.clear();
            System.out.printf(
                "%s: %d mailboxes, %d messages, %d of them new (%d octets)%n",
                account, result.mailboxes(), result.messages(), result.written(), result.octets());
          });
    }
  }
}
