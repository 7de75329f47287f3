package org.posthorn.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.store.MailStore;

/** An IMAP service: its configuration, and the engines made from it. Immutable, thread-safe. */
public final class ImapService implements EngineFactory {
  private final MailStore store;
  private final Authenticator authenticator;
  private final ImapLimits limits;
  private final String hostname;
  private final String greeting;
  private final boolean plaintextLogin;
  private final Map<String, String> identification;
  private final Registry registry;

  private ImapService(Builder builder) {
    store = Objects.requireNonNull(builder.store, "store");
    authenticator = Objects.requireNonNull(builder.authenticator, "authenticator");
    limits = builder.limits;
    hostname = builder.hostname;
    greeting = builder.greeting;
    plaintextLogin = builder.plaintextLogin;
    identification = Map.copyOf(builder.identification);
    registry = new Registry(builder.extensions, store.facets());
  }

  /** A service that has all extensions of {@link Extensions#standard}. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String protocol() {
    return "imap";
  }

  @Override
  public Engine create(ConnectionInfo connection) {
    return new ImapEngine(this, connection);
  }

  /** Where the mail is. */
  public MailStore store() {
    return store;
  }

  /** Who may log in. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** What a session may take. */
  public ImapLimits limits() {
    return limits;
  }

  /** This server's name. */
  public String hostname() {
    return hostname;
  }

  /** The text of the greeting. */
  public String greeting() {
    return greeting;
  }

  /** Whether passwords may pass without TLS. */
  public boolean plaintextLogin() {
    return plaintextLogin;
  }

  /** What ID tells clients. */
  public Map<String, String> identification() {
    return identification;
  }

  /** The extensions in use. */
  public Registry registry() {
    return registry;
  }

  /** Collects the configuration. Store and authenticator must be given. */
  public static final class Builder {
    private @Nullable MailStore store;
    private @Nullable Authenticator authenticator;
    private ImapLimits limits = ImapLimits.DEFAULTS;
    private String hostname = "localhost";
    private String greeting = "Posthorn IMAP ready";
    private boolean plaintextLogin;
    private Map<String, String> identification = Map.of("name", "Posthorn");
    private final List<ImapExtension> extensions = new ArrayList<>(Extensions.standard());

    private Builder() {}

    public Builder store(MailStore mailStore) {
      store = mailStore;
      return this;
    }

    public Builder authenticator(Authenticator users) {
      authenticator = users;
      return this;
    }

    public Builder limits(ImapLimits newLimits) {
      limits = newLimits;
      return this;
    }

    public Builder hostname(String name) {
      hostname = name;
      return this;
    }

    /** Printable ASCII; anything else is shown as a question mark. */
    public Builder greeting(String text) {
      greeting = text;
      return this;
    }

    /** Lets LOGIN and PLAIN pass without TLS: for tests and for networks that are safe anyway. */
    public Builder plaintextLogin(boolean allowed) {
      plaintextLogin = allowed;
      return this;
    }

    /** RFC 2971 fields to tell; empty tells nothing. */
    public Builder identification(Map<String, String> fields) {
      identification = fields;
      return this;
    }

    /** Adds an extension behind the standard ones. */
    public Builder extension(ImapExtension extension) {
      extensions.add(extension);
      return this;
    }

    /** Leaves an extension out. */
    public Builder without(String name) {
      extensions.removeIf(extension -> extension.name().equals(name));
      return this;
    }

    /**
     * Makes the service.
     *
     * @throws NullPointerException without store or authenticator
     * @throws IllegalArgumentException when two extensions bring the same command
     */
    public ImapService build() {
      return new ImapService(this);
    }
  }
}
