package org.posthorn.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.posthorn.backup.Backup;
import org.posthorn.backup.MailSource;
import org.posthorn.backup.MailTarget;
import org.posthorn.backup.StoreSource;
import org.posthorn.backup.StoreTarget;
import org.posthorn.backup.Transfer;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    description = "Copies accounts from one store to another: all, or those named.")
final class CopyCommand implements Callable<Integer> {
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
      return PerAccount.each(
          chosen,
          System.err,
          account -> {
            try (MailSource mail = StoreSource.of(source, account);
                MailTarget place = StoreTarget.restoring(target, account)) {
              Transfer.Result result = Transfer.run(account, mail, place, progress);
              progress.clear();
              PerAccount.tell(System.out, account, result);
            }
          });
    }
  }
}
