package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.posthorn.backup.Backup;
import org.posthorn.backup.StoreTarget;
import org.posthorn.backup.Transfer;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Puts accounts back as a backup has them: all, or those named.")
final class RestoreCommand implements Callable<Integer> {
  @Option(names = "--store", required = true, description = "As for serve.")
  String store = "";

  @Option(names = "--from", required = true, description = "Directory of the backup.")
  Path from = Path.of("");

  @Option(names = "--account", description = "An account; may be given several times.")
  List<String> accounts = new ArrayList<>();

  @Override
  public Integer call() throws IOException, StoreException {
    Backup backup = VerifyCommand.existing(from);
    List<String> chosen = accounts.isEmpty() ? backup.accounts() : accounts;
    try (MailStore open = StoreOption.open(store);
        ProgressLine progress = new ProgressLine()) {
      if (accounts.isEmpty() && !chosen.isEmpty()) {
        StoreTarget.create(open, chosen);
        backup.restoreServer(open).forEach(System.err::println);
      }
      return PerAccount.each(
          chosen,
          System.err,
          account -> {
            Transfer.Result result = backup.restore(open, account, progress);
            progress.clear();
            PerAccount.tell(System.out, account, result);
          });
    }
  }
}
