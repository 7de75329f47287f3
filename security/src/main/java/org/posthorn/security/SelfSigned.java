package org.posthorn.security;

import java.math.BigInteger;
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
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** Makes certificates that nobody vouches for: for tests, demonstrations and first starts. */
public final class SelfSigned {
  private static final Duration BACKDATED = Duration.ofHours(1);
  private static final int SERIAL_BITS = 127;
  private static final int COMMON_NAME_LIMIT = 64;

  private SelfSigned() {}

  /**
   * A new EC key (P-256) and a certificate for it.
   *
   * @param hosts names and IP addresses for the subject alternative names; the first is the common
   *     name as well; not empty
   * @param validity from now; an hour is given back for clocks that are slow
   */
  public static KeyMaterial certificate(List<String> hosts, Duration validity, Clock clock)
      throws GeneralSecurityException {
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    SecureRandom random = new SecureRandom();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    Instant now = clock.instant();
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    name.addRDN(BCStyle.CN, commonName(hosts.get(0)));
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name.build(),
            new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(validity)),
            name.build(),
            pair.getPublic());
    try {
      builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
      return new KeyMaterial(pair.getPrivate(), List.of(certificate));
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException("certificate cannot be made", e);
    }
  }

  private static String commonName(String host) {
    return host.length() <= COMMON_NAME_LIMIT ? host : host.substring(0, COMMON_NAME_LIMIT);
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(
                host ->
                    new GeneralName(
                        IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new));
  }
}
