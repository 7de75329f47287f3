package org.posthorn.delivery.milter;

import java.nio.file.Path;
import org.posthorn.delivery.Spool;
import org.posthorn.delivery.check.Check;
import org.posthorn.delivery.check.Checker;
import org.posthorn.delivery.check.DaemonChannel;
import org.posthorn.delivery.check.Endpoint;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.store.StoreException;

/**
 * Has mail checked and changed by a milter: Rspamd's proxy, clamav-milter, OpenDKIM and others,
 * unchanged. A connection for each message. Thread-safe and immutable.
 */
public final class MilterChecker implements Checker {
  private final Endpoint endpoint;
  private final String hostname;
  private final Path spoolDirectory;
  private final int spoolMemory;

  /**
   * A milter at a place.
   *
   * @param hostname ours, for the macro {@code j}
   */
  public MilterChecker(Endpoint endpoint, String hostname) {
    this(
        endpoint,
        hostname,
        Path.of(System.getProperty("java.io.tmpdir"), "posthorn-spool"),
        256 << 10);
  }

  private MilterChecker(Endpoint endpoint, String hostname, Path directory, int memory) {
    this.endpoint = endpoint;
    this.hostname = hostname;
    this.spoolDirectory = directory;
    this.spoolMemory = memory;
  }

  /**
   * Where bodies wait that a milter puts in the place of others.
   *
   * @param memory octets of one body that are held in memory before a file is used
   */
  public MilterChecker spool(Path directory, int memory) {
    return new MilterChecker(endpoint, hostname, directory, memory);
  }

  @Override
  public Check begin(SmtpPeer peer) throws StoreException {
    DaemonChannel channel = DaemonChannel.connect(endpoint);
    boolean begun = false;
    try {
      MilterConnection connection = MilterConnection.negotiate(channel);
      MilterCheck check =
          new MilterCheck(connection, peer, hostname, () -> new Spool(spoolDirectory, spoolMemory));
      check.connect();
      begun = true;
      return check;
    } finally {
      if (!begun) {
        channel.close();
      }
    }
  }
}
