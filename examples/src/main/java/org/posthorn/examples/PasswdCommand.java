package org.posthorn.examples;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.FileAuthenticator;
import org.posthorn.protocol.sasl.PasswordHash;
import org.posthorn.security.Argon2idHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds, changes and removes users of {@code serve --users-file}. */
@Command(
    name = "passwd",
    mixinStandardHelpOptions = true,
    description =
        "Adds a user to a file or changes the password, which is read as a line of standard"
            + " input.")
final class PasswdCommand implements Callable<Integer> {
  @Option(names = "--users-file", required = true, description = "As for serve.")
  Path file = Path.of("");

  @Option(names = "--ask", description = "Asks for the password at the terminal.")
  boolean ask;

  @Option(names = "--delete", description = "Removes the user; the mail stays.")
  boolean delete;

  @Parameters(paramLabel = "NAME", description = "The user's name.")
  String name = "";

  @Spec private CommandSpec command = CommandSpec.create();

  /** How passwords are kept, beside what SCRAM needs. */
  static List<PasswordHash> hashes() {
    return List.of(new Argon2idHash());
  }

  @Override
  public Integer call() throws IOException {
    FileAuthenticator users = new FileAuthenticator(file, hashes());
    if (!delete) {
      users.put(name, password());
      return ExitCode.OK;
    }
    if (users.remove(name)) {
      return ExitCode.OK;
    }
    command.commandLine().getErr().println("no such user: " + name);
    return ExitCode.SOFTWARE;
  }

  private Secret password() throws IOException {
    String line = ask ? asked() : fromInput();
    if (line == null || line.isEmpty()) {
      throw new IllegalArgumentException("no password");
    }
    return Secret.of(line);
  }

  private static @Nullable String fromInput() throws IOException {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
  }

  @SuppressWarnings("SystemConsoleNull") // of newer JDKs only
  private static @Nullable String asked() {
    Console console = System.console();
    if (console == null) {
      throw new IllegalArgumentException("--ask: no terminal");
    }
    char[] typed = console.readPassword("Password: ");
    return typed == null ? null : new String(typed);
  }
}
