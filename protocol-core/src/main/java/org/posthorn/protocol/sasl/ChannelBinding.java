package org.posthorn.protocol.sasl;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.TlsInfo;

/** What ties an authentication to the TLS connection that it runs in (RFC 5056). */
final class ChannelBinding {
  private ChannelBinding() {}

  /** The data of a type of channel binding; null when this connection does not have it. */
  static byte @Nullable [] data(String type, TlsInfo tls) {
    return switch (type) {
      case "tls-exporter" -> {
        Secret exporter = tls.exporter();
        yield exporter == null ? null : exporter.reveal();
      }
      case "tls-server-end-point" -> endPoint(tls.serverCertificate());
      default -> null;
    };
  }

  /** RFC 5929 section 4.1. */
  private static byte @Nullable [] endPoint(@Nullable Certificate certificate) {
    if (!(certificate instanceof X509Certificate x509)) {
      return null;
    }
    try {
      String digest = digest(x509);
      return digest == null ? null : MessageDigest.getInstance(digest).digest(x509.getEncoded());
    } catch (GeneralSecurityException e) {
      return null; // a hash that this JDK lacks: the binding does not exist here
    }
  }

  /** The hash of the certificate's signature; null when it has none or several. */
  private static @Nullable String digest(X509Certificate certificate)
      throws GeneralSecurityException {
    String name = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (name.equals("RSASSA-PSS")) {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
      try {
        parameters.init(certificate.getSigAlgParams());
      } catch (IOException e) {
        throw new GeneralSecurityException("unreadable signature parameters", e);
      }
      return strong(parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
    }
    int with = name.indexOf("WITH");
    return with < 0 ? null : strong(name.substring(0, with));
  }

  /** MD5 and SHA-1 are replaced by SHA-256. */
  private static String strong(String digest) {
    String plain = digest.toUpperCase(Locale.ROOT).replace("-", "").replace("SHA3", "SHA3-");
    return switch (plain) {
      case "MD5", "SHA1", "SHA" -> "SHA-256";
      case "SHA224", "SHA256", "SHA384", "SHA512" -> "SHA-" + plain.substring(3);
      default -> plain;
    };
  }
}
