package org.posthorn.collector;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.net.pop3.ExtendedPOP3Client;

/** Commons Net's client with TLS as a source wants it, and the time stamp for APOP. */
final class Pop3Connection extends ExtendedPOP3Client {
  private static final Pattern TIMESTAMP = Pattern.compile("<[^<>\\s]+@[^<>\\s]+>");

  private String greeting = "";

  private Pop3Connection() throws NoSuchAlgorithmException {}

  static Pop3Connection to(Source source, Certificates certificates) throws IOException {
    Pop3Connection client;
    try {
      client = new Pop3Connection();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("login is not possible", e);
    }
    int millis = (int) source.patience().toMillis();
    client.setConnectTimeout(millis);
    client.setDefaultTimeout(millis);
    client.setTrustManager(certificates.trust());
    client.setEndpointCheckingEnabled(true);
    if (source.security() == Security.IMPLICIT) {
      client.setSocketFactory(certificates.sockets());
    }
    client.connect(source.host(), source.port());
    client.greeting = String.valueOf(client.getReplyString());
    if (source.security() == Security.STARTTLS && !client.execTLS()) {
      client.disconnect();
      throw new IOException("the server refuses TLS");
    }
    client.setSoTimeout(millis);
    return client;
  }

  String timestamp() throws IOException {
    Matcher found = TIMESTAMP.matcher(greeting);
    if (!found.find()) {
      throw new IOException("the server does not offer APOP");
    }
    return found.group();
  }
}
