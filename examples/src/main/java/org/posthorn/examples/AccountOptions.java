package org.posthorn.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose mail {@code serve} keeps, where, and how much of it. */
final class AccountOptions {
  @Option(
      names = "--store",
      paramLabel = "STORE",
      description =
          "memory, sqlite:DIRECTORY, postgresql://USER:PASSWORD@HOST:PORT/DATABASE or"
              + " cassandra://HOST,HOST/KEYSPACE (default: ${DEFAULT-VALUE}).")
  String store = "memory";

  @Option(
      names = "--compress",
      paramLabel = "LEVEL",
      arity = "0..1",
      fallbackValue = "1",
      description = "Deflate new mail in the store: 1 (fast, the default) to 9 (small).")
  @Nullable Integer compress;

  @Option(
      names = "--state",
      paramLabel = "DIRECTORY",
      description =
          "For what is kept beside the mail: the queue, who was answered, what was collected"
              + " (default: the store's directory; with memory a temporary one).")
  @Nullable Path state;

  @Option(
      names = "--domain",
      description = "A local domain; may be given several times (default: localhost).")
  List<String> domains = new ArrayList<>();

  @Option(
      names = "--user",
      paramLabel = "NAME:PASSWORD",
      description = "A user; may be given several times.")
  List<String> users = new ArrayList<>();

  @Option(
      names = "--users-file",
      paramLabel = "FILE",
      description =
          "Users with hashed passwords, as the command passwd keeps them; read again when it"
              + " changes.")
  @Nullable Path usersFile;

  @Option(
      names = "--any-user",
      paramLabel = "PASSWORD",
      description = "Lets every user name in with this password; accounts appear at first login.")
  @Nullable String anyUser;

  @Option(
      names = "--quota",
      paramLabel = "SIZE",
      converter = OptionTypes.Size.class,
      description = "Octets of mail that an account may have, such as 2G (default: any number).")
  @Nullable Long quota;

  @Option(
      names = "--quota-messages",
      paramLabel = "NUMBER",
      converter = OptionTypes.Positive.class,
      description = "Messages that an account may have (default: any number).")
  @Nullable Integer quotaMessages;

  @Option(
      names = "--quota-of",
      paramLabel = "NAME=SIZE",
      description = "Octets for one account instead of --quota; may be given several times.")
  List<String> quotasOf = new ArrayList<>();

  @Option(
      names = "--over-quota",
      paramLabel = "wait|refuse",
      description =
          "Whether the sender of mail for a full mailbox tries again (452, wait, the default) or"
              + " gives up (552, refuse).")
  OverQuota overQuota = OverQuota.WAIT;

  /** What senders are told of a full mailbox. */
  enum OverQuota {
    WAIT,
    REFUSE
  }
}
