package org.posthorn.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.posthorn.security.BouncyCastleTls;
import org.posthorn.security.KeyMaterial;
import org.posthorn.security.PemFiles;
import org.posthorn.security.SelfSigned;
import org.posthorn.server.TlsConfig;

/** The certificate: from {@code --cert} and {@code --key}, or self-signed. */
final class TlsOption {
  private static final Duration VALIDITY = Duration.ofDays(825);

  /** Tells of every handshake otherwise; held, because loggers are only weakly known. */
  private static final Logger HANDSHAKES = Logger.getLogger("org.bouncycastle.jsse");

  private TlsOption() {}

  /**
   * A self-signed certificate is kept beside a store in a folder, so that mail programs ask about
   * it just once.
   */
  static TlsConfig of(ServeOptions options) throws IOException, GeneralSecurityException {
    KeyMaterial keys = keys(options);
    if (options.listen.tlsProvider == ListenOptions.TlsProvider.JDK) {
      return TlsConfig.of(keys.keyManager());
    }
    HANDSHAKES.setLevel(Level.WARNING);
    return TlsConfig.builder().engines(new BouncyCastleTls(keys)).build();
  }

  private static KeyMaterial keys(ServeOptions options)
      throws IOException, GeneralSecurityException {
    Path certificate = options.listen.certificate;
    Path key = options.listen.key;
    if (certificate == null && key == null) {
      return selfSigned(options);
    } else if (certificate == null || key == null) {
      throw new IllegalArgumentException("--cert and --key belong together");
    }
    for (Path file : List.of(certificate, key)) {
      if (!Files.isReadable(file)) {
        throw new IllegalArgumentException("cannot be read: " + file);
      }
    }
    return PemFiles.read(certificate, key);
  }

  private static KeyMaterial selfSigned(ServeOptions options)
      throws IOException, GeneralSecurityException {
    Path folder = StoreOption.folder(options.accounts.store);
    if (folder == null) {
      return SelfSigned.certificate(names(options), VALIDITY, Clock.systemUTC());
    }
    Path certificate = folder.resolve("self-signed.pem");
    Path key = folder.resolve("self-signed.key");
    KeyMaterial kept = kept(certificate, key);
    if (kept != null) {
      return kept;
    }
    KeyMaterial made = SelfSigned.certificate(names(options), VALIDITY, Clock.systemUTC());
    Files.createDirectories(folder);
    PemFiles.write(made, certificate, key);
    return made;
  }

  private static @Nullable KeyMaterial kept(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return null;
    }
    KeyMaterial kept = PemFiles.read(certificate, key);
    boolean expired =
        kept.certificate().getNotAfter().toInstant().isBefore(Clock.systemUTC().instant());
    return expired ? null : kept;
  }

  private static List<String> names(ServeOptions options) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    names.add(options.listen.hostname);
    names.addAll(options.domains());
    names.add("localhost");
    InetAddress host = InetAddress.getByName(options.listen.host);
    if (!host.isAnyLocalAddress()) {
      names.add(host.getHostAddress());
    }
    names.add("127.0.0.1");
    return new ArrayList<>(names);
  }
}
