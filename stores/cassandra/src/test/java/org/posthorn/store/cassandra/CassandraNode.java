package org.posthorn.store.cassandra;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Cassandra node in a JVM of its own, on JDK 17 whatever the tests run on. Its files go with it.
 * Not thread-safe.
 */
public final class CassandraNode implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(6);

  private final Path directory;
  private final String host;
  private final int cqlPort;
  private final int storagePort;
  private final String seed;
  private final boolean ownsDirectory;
  private final List<String> before;
  private final String token;
  private Process process;

  private CassandraNode(
      Path directory, boolean owns, String host, int cqlPort, int storagePort, String seed) {
    this(directory, owns, host, cqlPort, storagePort, seed, List.of(), "");
  }

  private CassandraNode(
      Path directory,
      boolean owns,
      String host,
      int cqlPort,
      int storagePort,
      String seed,
      List<String> before,
      String token) {
    this.before = before;
    this.token = token;
    this.directory = directory;
    this.ownsDirectory = owns;
    this.host = host;
    this.cqlPort = cqlPort;
    this.storagePort = storagePort;
    this.seed = seed;
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  private static final class Shared {
    static final CassandraNode NODE = alone();

    private static CassandraNode alone() {
      // One that runs already saves the time of its start.
      String running = System.getProperty("posthorn.cassandra.node", "");
      if (!running.isEmpty()) {
        return new CassandraNode(Path.of(""), false, "127.0.0.1", Integer.parseInt(running), 0, "");
      }
      try {
        Path directory = Files.createTempDirectory("posthorn-cassandra");
        int storage = freePort();
        CassandraNode node =
            new CassandraNode(
                directory, true, "127.0.0.1", freePort(), storage, "127.0.0.1:" + storage);
        node.start();
        node.awaitReady();
        return node;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The one node that all tests of this JVM share, started when first needed. */
  public static CassandraNode shared() {
    return Shared.NODE;
  }

  /**
   * One of several nodes of a new cluster that may be started all at once; not started yet.
   *
   * @param before words before the command, such as those that run it in a network of its own
   * @param host its own address
   * @param seed the first node, as {@code host:storagePort}
   * @param token where its part of the ring ends
   */
  public static CassandraNode of(
      Path directory,
      List<String> before,
      String host,
      int cqlPort,
      int storagePort,
      String seed,
      long token) {
    return new CassandraNode(
        directory,
        false,
        host,
        cqlPort,
        storagePort,
        seed,
        List.copyOf(before),
        Long.toString(token));
  }

  /** A port that nobody uses. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** An address for a keyspace in it. */
  public String address(String keyspace) {
    return "cassandra://" + host + ":" + cqlPort + "/" + keyspace;
  }

  int cqlPort() {
    return cqlPort;
  }

  public String host() {
    return host;
  }

  /** As {@code kill -SIGNAL} sends it. */
  public void signal(String signal) throws IOException {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start();
      if (kill.waitFor() != 0) {
        throw new IOException("no signal " + signal + " for " + process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Whether the class path of a node is known. */
  public static boolean isAvailable() {
    return !classPathFile().isEmpty();
  }

  private static String classPathFile() {
    String repository = System.getProperty("posthorn.repository", "../..");
    List<String> places =
        List.of(
            System.getProperty("posthorn.cassandra.classpath", ""),
            repository + "/stores/cassandra-server/target/cassandra.classpath",
            repository + "/stores/cassandra-server/target/quick/cassandra.classpath");
    for (String place : places) {
      if (!place.isEmpty() && Files.isReadable(Path.of(place))) {
        return place;
      }
    }
    return "";
  }

  /** JDK 17: the running one, or one beside it. */
  private static String java() throws IOException {
    if (Runtime.version().feature() == 17) {
      return System.getProperty("java.home") + "/bin/java";
    }
    List<Path> candidates = new ArrayList<>();
    String named = System.getenv("JAVA_17_HOME");
    if (named != null) {
      candidates.add(Path.of(named));
    }
    for (Path jdks :
        List.of(Path.of(System.getProperty("java.home")).getParent(), Path.of("/usr/lib/jvm"))) {
      if (Files.isDirectory(jdks)) {
        try (Stream<Path> all = Files.list(jdks)) {
          all.filter(jdk -> jdk.getFileName().toString().contains("17"))
              .sorted()
              .forEach(candidates::add);
        }
      }
    }
    for (Path jdk : candidates) {
      if (Files.isExecutable(jdk.resolve("bin/java"))) {
        return jdk.resolve("bin/java").toString();
      }
    }
    throw new IOException("Cassandra needs JDK 17: name one in JAVA_17_HOME");
  }

  /** Starts the process and does not wait. */
  public void start() throws IOException {
    String classPath = classPathFile();
    if (classPath.isEmpty()) {
      throw new IOException("no class path of Cassandra: build stores/cassandra-server first");
    }
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("cassandra.yaml"), configuration());
    Files.writeString(directory.resolve("logback.xml"), LOGBACK);
    List<String> command = new ArrayList<>(before);
    command.add(java());
    command.addAll(List.of("-Xms384m", "-Xmx640m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("-Xss512k", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:+ExitOnOutOfMemoryError"));
    command.add("-XX:HeapDumpPath=" + directory);
    for (String exported : EXPORTS) {
      command.addAll(List.of("--add-exports", exported + "=ALL-UNNAMED"));
    }
    for (String opened : OPENS) {
      command.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED"));
    }
    command.addAll(
        List.of(
            "-Dcassandra.config=" + directory.resolve("cassandra.yaml").toUri(),
            "-Dlogback.configurationFile=" + directory.resolve("logback.xml"),
            "-Dcassandra.storagedir=" + directory,
            "-Dcassandra-foreground=yes",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            // As long as it looks for others, too, who may be slow.
            "-Dcassandra.ring_delay_ms=" + (token.isEmpty() ? 2_000 : 15_000),
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-cp",
            Files.readString(Path.of(classPath)).strip(),
            "org.apache.cassandra.service.CassandraDaemon"));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(new File(directory.toFile(), "node.log")))
            .start();
  }

  private String configuration() {
    return String.join(
        "\n",
        "cluster_name: posthorn",
        "num_tokens: 1",
        token.isEmpty() ? "" : "initial_token: " + token + "\nauto_bootstrap: false",
        "partitioner: org.apache.cassandra.dht.Murmur3Partitioner",
        "endpoint_snitch: SimpleSnitch",
        "commitlog_sync: periodic",
        "commitlog_sync_period: 1000ms",
        "commitlog_segment_size: 16MiB",
        "data_file_directories: [\"" + directory + "/data\"]",
        "commitlog_directory: \"" + directory + "/commitlog\"",
        "saved_caches_directory: \"" + directory + "/saved\"",
        "hints_directory: \"" + directory + "/hints\"",
        "cdc_raw_directory: \"" + directory + "/cdc\"",
        "listen_address: " + host,
        "rpc_address: " + host,
        "storage_port: " + storagePort,
        "native_transport_port: " + cqlPort,
        "start_native_transport: true",
        "auto_snapshot: false",
        "paxos_variant: v2",
        "concurrent_writes: 8",
        "concurrent_reads: 8",
        "memtable_heap_space: 96MiB",
        "write_request_timeout: 5s",
        "read_request_timeout: 5s",
        "cas_contention_timeout: 5s",
        "seed_provider:",
        "  - class_name: org.apache.cassandra.locator.SimpleSeedProvider",
        "    parameters:",
        "      - seeds: \"" + seed + "\"",
        "");
  }

  /** Waits until clients can connect. */
  public void awaitReady() throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("Cassandra did not start:\n" + log());
      }
      try {
        process.waitFor(100, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private boolean isReady() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, cqlPort), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The end of what it wrote. */
  String log() throws IOException {
    Path log = directory.resolve("node.log");
    if (!Files.exists(log)) {
      return "";
    }
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }

  /** Ends it as a power failure would. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (ownsDirectory) {
      remove(directory);
    }
  }

  /** Removes the files of nodes that do not run. */
  public static void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      System.err.println("left behind: " + directory + ": " + e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private static final String LOGBACK =
      "<configuration><appender name='OUT' class='ch.qos.logback.core.ConsoleAppender'><encoder>"
          + "<pattern>%d %-5level %logger{20} %msg%n</pattern></encoder></appender>"
          + "<root level='WARN'><appender-ref ref='OUT'/></root></configuration>";

  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.base/jdk.internal.ref",
          "jdk.attach/sun.tools.attach");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang.module",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "jdk.management/com.sun.management.internal",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.reflect",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.nio",
          "java.rmi/sun.rmi.transport.tcp");
}
