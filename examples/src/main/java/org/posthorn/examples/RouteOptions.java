package org.posthorn.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.DetailPolicy;
import org.posthorn.delivery.MissingFolder;
import picocli.CommandLine.Option;

/** Where mail for the domains of {@code serve} goes. */
final class RouteOptions {
  @Option(
      names = "--alias",
      paramLabel = "ADDRESS=TARGET[,TARGET]",
      description = "Mail for an address goes to others; may be given several times.")
  List<String> aliases = new ArrayList<>();

  @Option(
      names = "--forward",
      paramLabel = "ADDRESS=TARGET[,TARGET]",
      description = "Mail for a user goes elsewhere; may be given several times.")
  List<String> forwards = new ArrayList<>();

  @Option(
      names = "--forward-copy",
      paramLabel = "ADDRESS=TARGET[,TARGET]",
      description = "As --forward, and the user's mailbox gets it as well.")
  List<String> forwardsWithCopy = new ArrayList<>();

  @Option(
      names = "--catch-all",
      paramLabel = "[DOMAIN=]TARGET",
      description = "Who gets mail for unknown users, of one domain or of all local ones.")
  List<String> catchAlls = new ArrayList<>();

  @Option(
      names = "--postmaster",
      paramLabel = "USER",
      description =
          "Who gets mail for postmaster where nobody has that name (default: the first --user).")
  @Nullable String postmaster;

  @Option(
      names = "--routes",
      paramLabel = "FILE",
      description = "Aliases, forwards, lists, catch-alls, refusals; read again when it changes.")
  @Nullable Path routes;

  @Option(
      names = "--details",
      paramLabel = "ignored|folder",
      description = "What + in user+detail names (default: ignored).")
  Details details = Details.IGNORED;

  @Option(
      names = "--rules",
      paramLabel = "DIRECTORY",
      description =
          "Filter rules of users, in files named USER.rules; read again when they change.")
  @Nullable Path rules;

  @Option(
      names = "--vacations",
      paramLabel = "DIRECTORY",
      description =
          "Automatic answers of users, in files named USER.vacation; read again when they change.")
  @Nullable Path vacations;

  @Option(
      names = "--missing-folder",
      paramLabel = "inbox|created",
      description =
          "Where mail goes that rules or details send to a folder that is not there (default:"
              + " inbox).")
  MissingFolder missingFolder = MissingFolder.INBOX;

  /** What an address's detail is for. */
  enum Details {
    IGNORED,
    FOLDER;

    DetailPolicy policy() {
      return this == FOLDER ? DetailPolicy.FOLDER : DetailPolicy.IGNORED;
    }
  }
}
