package org.posthorn.examples;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.posthorn.retention.Retention;
import org.posthorn.store.MailStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Applies {@link RetentionOptions} once, for whoever has a scheduler of their own. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description =
        "Applies --expire and --delete-idle once and prints what it came to; the log tells more.")
final class RetentionCommand implements Callable<Integer> {
  @Option(names = "--store", required = true, description = "As for serve.")
  String store = "";

  @Mixin private RetentionOptions options = new RetentionOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (MailStore opened = StoreOption.open(store)) {
      Retention retention =
          options
              .retention(opened, Clock.systemUTC())
              .orElseThrow(() -> new IllegalArgumentException("no --expire and no --delete-idle"));
      Retention.Result result = options.dryRun ? retention.dryRun() : retention.run();
      command
          .commandLine()
          .getOut()
          .printf(
              "%s%d messages, %d accounts, %d failures%n",
              options.dryRun ? "dry run: " : "",
              result.messages(),
              result.accounts(),
              result.failures());
      return result.failures() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
