package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.posthorn.backup.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Reads a backup whole and tells what is wrong with it.")
final class VerifyCommand implements Callable<Integer> {
  @Option(names = "--from", required = true, description = "Directory of the backup.")
  Path from = Path.of("");

  /** The backup that is there. */
  static Backup existing(Path directory) throws IOException {
    Backup backup = Backup.in(directory);
    if (backup.accounts().isEmpty() && backup.incomplete().isEmpty()) {
      throw new IllegalArgumentException("no backup in " + directory);
    }
    return backup;
  }

  @Override
  public Integer call() throws IOException {
    int status = ExitCode.OK;
    Backup backup = existing(from);
    for (String account : backup.incomplete()) {
      System.out.println(account + ": no run was finished, there is no catalog");
      status = ExitCode.SOFTWARE;
    }
    try (ProgressLine progress = new ProgressLine()) {
      for (String account : backup.accounts()) {
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
