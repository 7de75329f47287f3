package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.posthorn.backup.MailSource;
import org.posthorn.backup.MailTarget;
import org.posthorn.backup.StoreSource;
import org.posthorn.backup.Transfer;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes the mail of an account for other programs.")
final class ExportCommand implements Callable<Integer> {
  @Option(names = "--store", required = true, description = "As for serve.")
  String store = "";

  @Option(names = "--account", required = true)
  String account = "";

  @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
  @Nullable MailFormat format;

  @Option(names = "--to", required = true, description = "A directory.")
  Path to = Path.of("");

  @Override
  public Integer call() throws IOException, StoreException {
    try (MailStore open = StoreOption.openToRead(store);
        MailSource source = StoreSource.of(open, account);
        MailTarget target = MailFormat.chosen(format).write(to);
        ProgressLine progress = new ProgressLine()) {
      Transfer.Result result = Transfer.run(account, source, target, progress);
      progress.clear();
      PerAccount.tell(System.out, account, result);
    }
    return ExitCode.OK;
  }
}
