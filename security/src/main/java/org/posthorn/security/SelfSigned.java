package org.posthorn.security;

import java.math.BigInteger;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * Makes certificates that nobody but their maker vouches for: for tests, demonstrations and a first
 * start.
 */
public final class SelfSigned {
  private static final Duration CLOCKS_DIFFER_BY = Duration.ofDays(1);
  private static final int SERIAL_BITS = 127;

  /** RFC 5280 appendix A: ub-common-name-length. */
  private static final int COMMON_NAME_LIMIT = 64;

  private SelfSigned() {}

  /**
   * A key on the curve P-256 and a certificate for a year; see {@link #certificate(List, Duration,
   * Clock)}.
   */
  public static KeyMaterial certificate(String... hosts) throws GeneralSecurityException {
    return certificate(List.of(hosts), Duration.ofDays(365), Clock.systemUTC());
  }

  /**
   * A key on the curve P-256 and a certificate.
   *
   * @param hosts names and IP addresses that the certificate is good for, at least one; the first
   *     is its common name as well
   * @param validity from now on; a day is given back for clocks that are slow
   */
  public static KeyMaterial certificate(List<String> hosts, Duration validity, Clock clock)
      throws GeneralSecurityException {
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    SecureRandom random = new SecureRandom();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair keys = generator.generateKeyPair();
    try {
      return new KeyMaterial(
          keys.getPrivate(), List.of(certify(keys, hosts, clock.instant(), validity, random)));
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException("the certificate cannot be made", e);
    }
  }

  private static X509Certificate certify(
      KeyPair keys, List<String> hosts, Instant now, Duration validity, SecureRandom random)
      throws GeneralSecurityException, CertIOException, OperatorCreationException {
    X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName(hosts.get(0))).build();
    JcaX509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
            Date.from(now.minus(CLOCKS_DIFFER_BY)),
            Date.from(now.plus(validity)),
            subject,
            keys.getPublic());
    GeneralName[] alternatives =
        hosts.stream().map(SelfSigned::generalName).toArray(GeneralName[]::new);
    certificate.addExtension(
        Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
    certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    certificate.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    return new JcaX509CertificateConverter()
        .getCertificate(
            certificate.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static String commonName(String host) {
    return host.length() <= COMMON_NAME_LIMIT ? host : host.substring(0, COMMON_NAME_LIMIT);
  }

  private static GeneralName generalName(String name) {
    return IPAddress.isValid(name)
        ? new GeneralName(GeneralName.iPAddress, name)
        : new GeneralName(GeneralName.dNSName, IDN.toASCII(name));
  }
}
