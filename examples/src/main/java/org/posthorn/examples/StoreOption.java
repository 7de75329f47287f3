package org.posthorn.examples;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailStore;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.StoreException;
import org.posthorn.store.cassandra.CassandraStore;
import org.posthorn.store.jdbc.Compression;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;

/** Opens the store that {@code --store} names. */
final class StoreOption {
  private static final String MEMORY = "memory";
  private static final String SQLITE = "sqlite:";

  private StoreOption() {}

  /** Where the store keeps its files; null when it has none here. */
  static @Nullable Path folder(String option) {
    return option.startsWith(SQLITE) ? Path.of(option.substring(SQLITE.length())) : null;
  }

  /** Whether the store outlives the process and has no folder for what is kept beside it. */
  static boolean isPostgres(String option) {
    return option.startsWith("postgresql:") || option.startsWith("postgres:");
  }

  /** The same of a cluster. */
  static boolean isCassandra(String option) {
    return option.startsWith("cassandra:");
  }

  /** A store without quotas and compression, for commands that do not deliver. */
  static MailStore open(String option) throws StoreException {
    return open(option, QuotaPolicy.NONE, Compression.none());
  }

  /** Only to look, also beside a server that has the store open. */
  static MailStore openToRead(String option) throws StoreException {
    Path folder = folder(option);
    return folder == null ? open(option) : SqliteStore.in(folder).readOnly().open();
  }

  static MailStore open(AccountOptions options) throws StoreException {
    Integer level = options.compress;
    if (level != null && (options.store.equals(MEMORY) || isCassandra(options.store))) {
      throw new IllegalArgumentException(
          "--compress is for sqlite and postgresql: Cassandra compresses its tables itself, and the"
              + " memory store keeps mail as it is");
    }
    Compression compression = level == null ? Compression.none() : Compression.deflate(level);
    return open(options.store, AccountQuotas.of(options), compression);
  }

  private static MailStore open(String option, QuotaPolicy quotas, Compression compression)
      throws StoreException {
    if (option.equals(MEMORY)) {
      return MemoryStore.builder().quotas(quotas).build();
    }
    Path folder = folder(option);
    if (folder != null) {
      return SqliteStore.in(folder).quotas(quotas).compression(compression).open();
    }
    if (isPostgres(option)) {
      return PostgresStore.at(option).quotas(quotas).compression(compression).open();
    }
    if (isCassandra(option)) {
      return CassandraStore.at(option).quotas(quotas).open();
    }
    throw new IllegalArgumentException(
        "unknown store: memory, sqlite:DIRECTORY, postgresql://USER:PASSWORD@HOST:PORT/DATABASE or"
            + " cassandra://HOST,HOST/KEYSPACE");
  }
}
