package org.posthorn.examples;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.TracePolicy;
import picocli.CommandLine.Option;

/** What {@code serve} tells about mail and those who send and read it. */
final class LogOptions {
  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description =
          "Who logged in, sent, got and read how much; a line each, added to the file (default:"
              + " standard error).")
  @Nullable Path accessLog;

  @Option(
      names = "--trace",
      split = ",",
      paramLabel = "tls|user|none",
      description =
          "What Received tells of how mail came: the cipher suite (tls, the default), who was"
              + " logged in (user), both with a comma, or none.")
  Trace[] trace = {Trace.TLS};

  /** A part of Received. */
  enum Trace {
    TLS,
    USER,
    NONE
  }

  TracePolicy tracePolicy() {
    boolean tls = false;
    boolean user = false;
    for (Trace one : trace) {
      tls |= one == Trace.TLS;
      user |= one == Trace.USER;
      if (one == Trace.NONE && trace.length > 1) {
        throw new IllegalArgumentException("--trace: none stands alone");
      }
    }
    return new TracePolicy(tls, user);
  }
}
