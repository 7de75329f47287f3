package org.posthorn.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A mail server composed from Posthorn: what {@code java -jar posthorn-server.jar} runs. */
@Command(
    name = "posthorn-server",
    mixinStandardHelpOptions = true,
    version = "Posthorn",
    description = "A mail server composed from the Posthorn library.",
    subcommands = {
      PosthornServer.Serve.class,
      PosthornServer.Demo.class,
      PasswdCommand.class,
      RetentionCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      VerifyCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      CopyCommand.class
    })
public final class PosthornServer {
  private PosthornServer() {}

  /** Ends the process with 0, 1 when the server failed, 2 when the command line is wrong. */
  public static void main(String[] arguments) {
    CommandLine line = commandLine();
    int status = arguments.length == 0 ? usage(line) : line.execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new PosthornServer())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(PosthornServer::wrong)
        .setExecutionExceptionHandler(PosthornServer::failed);
  }

  private static int usage(CommandLine line) {
    line.usage(line.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** One line says more than the whole usage with it somewhere above. */
  private static int wrong(CommandLine.ParameterException why, String[] arguments) {
    CommandLine line = why.getCommandLine();
    line.getErr().println("posthorn-server: " + why.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(why, line.getErr());
    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception why, CommandLine line, CommandLine.ParseResult parsed) {
    String message = why.getMessage();
    line.getErr().println("posthorn-server: " + (message == null ? why.toString() : message));
    return why instanceof IllegalArgumentException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  /** Runs with what the command line says. */
  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      abbreviateSynopsis = true,
      usageHelpWidth = 100,
      description = "Serves on the ports given; prints 'ready' when all are open.",
      footer =
          "%n@FILE reads options from a file, one a line; lines that begin with # are comments.")
  static final class Serve implements Callable<Integer> {
    @Mixin private ServeOptions options = new ServeOptions();

    @Override
    public Integer call() throws Exception {
      if (options.listen.ports().isEmpty()) {
        throw new IllegalArgumentException("no port given, nothing to serve");
      }
      Composition.run(options, System.out, server -> {});
      return CommandLine.ExitCode.OK;
    }
  }

  /** Runs with settings that need no thought. */
  @Command(
      name = "demo",
      mixinStandardHelpOptions = true,
      description = "Serves all protocols for a demo user and prints how to connect.")
  static final class Demo implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      ServeOptions options = DemoSettings.options();
      Composition.run(options, System.out, server -> DemoSettings.explain(server, System.out));
      return CommandLine.ExitCode.OK;
    }
  }
}
