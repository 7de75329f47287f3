package org.posthorn.imap;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Flow;
import org.posthorn.protocol.TlsInfo;

/** What lies between a session and its transport: TLS and DEFLATE (RFC 4978). */
public final class Layers {
  private final Flow flow;
  private @Nullable TlsInfo tls;
  private boolean compressed;
  private boolean changed;

  Layers(Flow flow) {
    this.flow = flow;
  }

  /** What TLS agreed upon; null without TLS. */
  public @Nullable TlsInfo tls() {
    return tls;
  }

  void tlsStands(TlsInfo info) {
    tls = info;
  }

  /** Starts TLS; all that was agreed before is forgotten. */
  public void startTls() {
    flow.startTls();
  }

  /** Has all further output and input pass through DEFLATE. */
  public void startCompression() {
    flow.flush();
    flow.effects().startCompression();
    compressed = true;
    changed = true;
  }

  /** Whether DEFLATE is active. */
  public boolean compressed() {
    return compressed;
  }

  void stopCompression() {
    if (compressed) {
      flow.flush();
      flow.effects().stopCompression();
      compressed = false;
      changed = true;
    }
  }

  /** Whether input that has come already belongs to another layer; asks once. */
  boolean takeChange() {
    boolean taken = changed;
    changed = false;
    return taken;
  }
}
