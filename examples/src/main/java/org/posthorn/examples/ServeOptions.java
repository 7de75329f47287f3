package org.posthorn.examples;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.store.SpecialUse;
import picocli.CommandLine.ArgGroup;

/** The command line of {@code serve}, in groups as {@code --help} shows them. */
final class ServeOptions {
  @ArgGroup(validate = false, order = 1, heading = "%nWhere it listens%n")
  ListenOptions listen = new ListenOptions();

  @ArgGroup(validate = false, order = 2, heading = "%nUsers and their mail%n")
  AccountOptions accounts = new AccountOptions();

  @ArgGroup(validate = false, order = 3, heading = "%nWhere mail goes%n")
  RouteOptions routes = new RouteOptions();

  @ArgGroup(validate = false, order = 4, heading = "%nMail for other servers%n")
  RelayOptions relay = new RelayOptions();

  @ArgGroup(validate = false, order = 5, heading = "%nChecks for viruses and spam%n")
  CheckOptions checks = new CheckOptions();

  @ArgGroup(validate = false, order = 6, heading = "%nOutside mailboxes%n")
  CollectOptions collect = new CollectOptions();

  @ArgGroup(validate = false, order = 7, heading = "%nPOP3%n")
  Pop3Options pop3 = new Pop3Options();

  @ArgGroup(validate = false, order = 8, heading = "%nLimits%n")
  LimitOptions limits = new LimitOptions();

  @ArgGroup(validate = false, order = 9, heading = "%nHow long mail is kept%n")
  RetentionOptions retention = new RetentionOptions();

  @ArgGroup(validate = false, order = 10, heading = "%nBackup%n")
  BackupOptions backup = new BackupOptions();

  @ArgGroup(validate = false, order = 11, heading = "%nLogs and traces%n")
  LogOptions log = new LogOptions();

  /** Folders that new accounts have besides INBOX. */
  Map<String, SpecialUse> folders = Map.of();

  Set<String> domains() {
    return accounts.domains.isEmpty() ? Set.of("localhost") : new TreeSet<>(accounts.domains);
  }
}
