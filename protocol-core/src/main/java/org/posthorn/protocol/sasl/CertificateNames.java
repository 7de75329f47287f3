package org.posthorn.protocol.sasl;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Which users a client certificate stands for. Thread-safe; asked inside the engine's turn. */
@FunctionalInterface
public interface CertificateNames {
  /** Names in the order of preference; empty when the certificate is nobody's. */
  List<String> of(X509Certificate certificate);

  /** The mail addresses among the subject's alternative names (RFC 5280 section 4.2.1.6). */
  static CertificateNames mailAddresses() {
    return certificate -> {
      List<String> addresses = new ArrayList<>();
      try {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
          if (Integer.valueOf(1).equals(name.get(0))) {
            addresses.add(String.valueOf(name.get(1)));
          }
        }
      } catch (CertificateParsingException e) {
        return List.of(); // a name that cannot be read is nobody's
      }
      return addresses;
    };
  }

  /** The common name of the subject. */
  static CertificateNames commonName() {
    return certificate -> {
      try {
        String subject = certificate.getSubjectX500Principal().getName();
        for (Rdn part : new LdapName(subject).getRdns()) {
          if (part.getType().equalsIgnoreCase("CN")) {
            return List.of(String.valueOf(part.getValue()));
          }
        }
        return List.of();
      } catch (InvalidNameException e) {
        return List.of(); // a name that cannot be read is nobody's
      }
    };
  }
}
