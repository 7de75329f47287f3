package org.posthorn.testkit.junit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;

/**
 * A mail server for tests, on free ports of 127.0.0.1, that keeps its mail in memory. Registered in
 * a static field it runs once for all tests of the class; every test begins with empty mailboxes.
 * In an instance field each test has a server of its own.
 *
 * <p>Passwords are let through without TLS. Tests that share one server must not run at the same
 * time.
 */
public final class PosthornExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  /** Where the server listens. */
  public static final String HOST = "127.0.0.1";

  private final Builder settings;
  private @Nullable RunningServer running;
  private boolean forAll;

  private PosthornExtension(Builder settings) {
    this.settings = settings;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    forAll = true;
    running = new RunningServer(settings);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (forAll) {
      reset();
    } else {
      running = new RunningServer(settings);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!forAll) {
      stop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
    forAll = false;
  }

  private void stop() {
    RunningServer server = running;
    running = null;
    if (server != null) {
      server.close();
    }
  }

  /**
   * Where to connect.
   *
   * @throws IllegalArgumentException when the server has no such port
   */
  public int port(MailPort port) {
    return server().port(port);
  }

  /**
   * For clients over TLS: trusts the server's certificate, which is for 127.0.0.1 and localhost.
   */
  public SSLContext clientTls() {
    try {
      return TestCertificate.client();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the mail is, for all that this class does not do. */
  public MailStore store() {
    return server().store();
  }

  /** Puts a message into a user's INBOX as it is. */
  public void deliver(String user, byte[] message) {
    server().accounts().deliver(user, message);
  }

  /** Puts a message into a user's INBOX as UTF-8; line ends become CRLF. */
  public void deliver(String user, String message) {
    String lines = message.replace("\r\n", "\n").replace("\n", "\r\n");
    deliver(user, lines.getBytes(StandardCharsets.UTF_8));
  }

  /** What is in a user's INBOX, the oldest first. */
  public List<StoredMessage> inbox(String user) {
    return messages(user, MailboxName.INBOX);
  }

  /** What is in one of a user's mailboxes, the oldest first. */
  public List<StoredMessage> messages(String user, MailboxName mailbox) {
    return server().accounts().messages(user, mailbox);
  }

  /** Gives every user an empty INBOX and nothing else; this is done before each test, too. */
  public void reset() {
    server().accounts().reset();
  }

  private RunningServer server() {
    RunningServer server = running;
    if (server == null) {
      throw new IllegalStateException("the server runs during tests only");
    }
    return server;
  }

  /** What the server is to be like: all ports, no users and example.org unless told otherwise. */
  public static final class Builder {
    private final Map<String, String> users = new LinkedHashMap<>();
    private final Set<String> domains = new TreeSet<>();
    private Set<MailPort> ports = EnumSet.allOf(MailPort.class);
    private boolean tls = true;

    private Builder() {}

    /**
     * Adds a user, whose mail is sent to the name in any of the domains.
     *
     * @param name with or without a domain
     */
    public Builder user(String name, String password) {
      users.put(name, password);
      return this;
    }

    /** Adds a domain that mail is taken for. */
    public Builder domain(String name) {
      domains.add(name);
      return this;
    }

    /** The ports to open. */
    public Builder ports(MailPort... wanted) {
      ports = EnumSet.noneOf(MailPort.class);
      ports.addAll(Arrays.asList(wanted));
      return this;
    }

    /** No certificate is made, no STARTTLS announced, and the ports over TLS are not opened. */
    public Builder withoutTls() {
      tls = false;
      return this;
    }

    /**
     * The extension; settings that come later do not count.
     *
     * @throws IllegalStateException when no port is left
     */
    public PosthornExtension build() {
      Builder copy = new Builder();
      copy.users.putAll(users);
      copy.domains.addAll(domains.isEmpty() ? Set.of("example.org") : domains);
      copy.ports = EnumSet.copyOf(ports);
      copy.tls = tls;
      if (!tls) {
        copy.ports.removeIf(MailPort::implicitTls);
      }
      if (copy.ports.isEmpty()) {
        throw new IllegalStateException("no port to open");
      }
      return new PosthornExtension(copy);
    }

    Map<String, String> users() {
      return users;
    }

    Set<String> domains() {
      return domains;
    }

    Set<MailPort> ports() {
      return ports;
    }

    boolean tls() {
      return tls;
    }
  }
}
