package org.posthorn.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code serve} does with mail: where it goes, and how it leaves. */
final class MailOptions {
  @Option(
      names = "--relay",
      paramLabel = "HOST:PORT|mx",
      description =
          "Sends what users write to other domains: through this server, or by MX records.")
  @Nullable String relay;

  @Option(
      names = "--relay-user",
      paramLabel = "NAME:PASSWORD",
      description = "Logs in at the server of --relay.")
  @Nullable String relayUser;

  @Option(
      names = "--relay-tls",
      paramLabel = "none|opportunistic|required|implicit",
      description =
          "TLS with other servers (default: ${DEFAULT-VALUE}; required with --relay-user).")
  String relayTls = "opportunistic";

  @Option(
      names = "--relay-mx-port",
      paramLabel = "PORT",
      description = "Port of other servers with --relay mx (default: ${DEFAULT-VALUE}).")
  int relayMxPort = 25;

  @Option(
      names = "--dns",
      paramLabel = "HOST[:PORT]",
      description = "Name server to ask (default: as this machine is set up).")
  @Nullable String dns;

  @Option(
      names = "--dns-signed",
      description =
          "The name server verifies signatures and is believed: REQUIRETLS is offered with --relay"
              + " mx.")
  boolean dnsSigned;

  @Option(
      names = "--mta-sts",
      description = "Follows policies of other domains about TLS (MTA-STS) with --relay mx.")
  boolean mtaSts;

  @Option(
      names = "--queue",
      paramLabel = "DIRECTORY",
      description =
          "Where mail waits to be sent (default: queue in the store's directory, or a temporary"
              + " one).")
  @Nullable Path queue;

  @Option(
      names = "--retry",
      paramLabel = "SECONDS",
      description = "Time to the second attempt, from which it grows (default: ${DEFAULT-VALUE}).")
  int retrySeconds = (int) Duration.ofMinutes(5).toSeconds();

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
      names = "--routes",
      paramLabel = "FILE",
      description = "Aliases, forwards, lists and catch-alls; read again when it changes.")
  @Nullable Path routes;

  @Option(
      names = "--rules",
      paramLabel = "DIRECTORY",
      description =
          "Filter rules of users, in files named USER.rules; read again when they change.")
  @Nullable Path rules;

  @Option(
      names = "--details",
      paramLabel = "ignored|folder",
      description = "What + in user+detail names (default: ${DEFAULT-VALUE}).")
  String details = "ignored";

  @Option(
      names = "--collect",
      paramLabel = "URL=ADDRESS",
      description =
          "Fetches an outside mailbox for an address here: pop3, pop3s, imap or imaps,"
              + " pop3s://USER:PASSWORD@HOST[:PORT], special characters as %%XX; may be given"
              + " several times. Mail is deleted there.")
  List<String> collect = new ArrayList<>();

  @Option(
      names = "--collect-every",
      paramLabel = "SECONDS",
      description = "Time between two looks (default: ${DEFAULT-VALUE}).")
  int collectSeconds = (int) Duration.ofMinutes(5).toSeconds();
}
