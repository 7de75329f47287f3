package org.posthorn.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.posthorn.backup.Transfer;
import org.posthorn.store.StoreException;
import picocli.CommandLine.ExitCode;

/** Commands that do the same for one account after the other. */
final class PerAccount {
  private PerAccount() {}

  /** What is done for an account. */
  interface Task {
    void run(String account) throws IOException, StoreException;
  }

  /**
   * One account that fails is named and keeps none of the others waiting.
   *
   * @return how the process ends
   */
  static int each(List<String> accounts, PrintStream errors, Task task) {
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

  static void tell(PrintStream out, String account, Transfer.Result result) {
    out.printf(
        "%s: %d mailboxes, %d messages, %d octets%n",
        account, result.mailboxes(), result.messages(), result.octets());
    result.remarks().forEach(remark -> out.printf("%s: %s%n", account, remark));
  }
}
