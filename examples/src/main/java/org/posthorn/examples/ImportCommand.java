package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.posthorn.backup.MailSource;
import org.posthorn.backup.MailTarget;
import org.posthorn.backup.StoreTarget;
import org.posthorn.backup.Transfer;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Adds mail that other programs wrote to an account.")
final class ImportCommand implements Callable<Integer> {
  @Option(names = "--store", required = true, description = "As for serve.")
  String store = "";

  @Option(names = "--account", required = true, description = "Made where it is missing.")
  String account = "";

  @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
  @Nullable MailFormat format;

  @Option(names = "--from", required = true, description = "A directory; for mbox also a file.")
  Path from = Path.of("");

  @Override
  public Integer call() throws IOException, StoreException {
    try (MailStore open = StoreOption.open(store);
        MailSource source = MailFormat.chosen(format).read(from);
        MailTarget target = StoreTarget.adding(open, account);
        ProgressLine progress = new ProgressLine()) {
      Transfer.Result result = Transfer.run(account, source, target, progress);
      progress.clear();
      PerAccount.tell(System.out, account, result);
    }
    return ExitCode.OK;
  }
}
