package org.posthorn.imap;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.search.SearchLimits;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Retrievals;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.LoginThrottle;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.protocol.sasl.SaslService;
import org.posthorn.store.MailStore;
import org.posthorn.store.Promise;

/** An IMAP service: its configuration, and the engines made from it. Immutable, thread-safe. */
public final class ImapService implements EngineFactory {
  private final MailStore store;
  private final Retrievals retrievals;
  private final SaslService sasl;
  private final ImapLimits limits;
  private final SearchLimits searchLimits;
  private final String greeting;
  private final Map<String, String> identification;
  private final Registry registry;
  private final boolean hintsTellAll;
  private final boolean eightBitHeaders;

  private ImapService(Builder builder) {
    store = Objects.requireNonNull(builder.store, "store");
    retrievals = new Retrievals(store);
    hintsTellAll = store.promises().contains(Promise.HINTS_ALL);
    sasl =
        new SaslService(
            Objects.requireNonNull(builder.authenticator, "authenticator"),
            builder.policy,
            builder.failureDelay,
            builder.throttle,
            protocol(),
            builder.hostname);
    limits = builder.limits;
    searchLimits = builder.searchLimits;
    greeting = builder.greeting;
    identification = Map.copyOf(builder.identification);
    eightBitHeaders = builder.eightBitHeaders;
    ExtensionChoice extensions = builder.extensions.copy();
    limits.addTo(extensions);
    registry = new Registry(extensions, store);
  }

  /** A service that has all extensions of {@link Extensions#standard}. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean blocksInNativeCode() {
    return store.blocksInNativeCode();
  }

  @Override
  public boolean answersAtOnce() {
    return store.answersAtOnce();
  }

  @Override
  public String protocol() {
    return "imap";
  }

  @Override
  public Engine create(ConnectionInfo connection) {
    return new ImapEngine(this, connection);
  }

  /** RFC 9051 section 7.1.5: BYE as the greeting. */
  @Override
  public String farewell(TurnedAway why) {
    return why == TurnedAway.STOPPING
        ? "* BYE [UNAVAILABLE] Server is stopping\r\n"
        : "* BYE [UNAVAILABLE] Too many connections\r\n";
  }

  Retrievals retrievals() {
    return retrievals;
  }

  /** Where the mail is. */
  public MailStore store() {
    return store;
  }

  /** Whether a mailbox to which nothing was hinted has not changed. */
  boolean hintsTellAll() {
    return hintsTellAll;
  }

  /** Who may log in, and how. */
  public SaslService sasl() {
    return sasl;
  }

  /** What a failed login costs. */
  public FailureDelay failureDelay() {
    return sasl.failureDelay();
  }

  /** What a session may take. */
  public ImapLimits limits() {
    return limits;
  }

  /** The text of the greeting. */
  public String greeting() {
    return greeting;
  }

  /** Whether APPEND refuses header fields in UTF-8 from clients that have not enabled UTF-8. */
  public boolean refusesEightBitHeaders() {
    return !eightBitHeaders;
  }

  /** What ID tells clients. */
  public Map<String, String> identification() {
    return identification;
  }

  /** How large a search may be. */
  public SearchLimits searchLimits() {
    return searchLimits;
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
    private SearchLimits searchLimits = SearchLimits.DEFAULTS;
    private String hostname = "localhost";
    private String greeting = "Posthorn IMAP ready";
    private SaslPolicy policy = SaslPolicy.STANDARD;
    private FailureDelay failureDelay = FailureDelay.STANDARD;
    private LoginThrottle throttle = LoginThrottle.standard();
    private Map<String, String> identification = Map.of("name", "Posthorn");
    private boolean eightBitHeaders = true;
    private final ExtensionChoice extensions = new ExtensionChoice();

    private Builder() {}

    /** Where the mail is. */
    public Builder store(MailStore mailStore) {
      store = mailStore;
      return this;
    }

    /** Who may log in. */
    public Builder authenticator(Authenticator users) {
      authenticator = users;
      return this;
    }

    /** What a session may take. */
    public Builder limits(ImapLimits newLimits) {
      limits = newLimits;
      return this;
    }

    /** How large a search may be. */
    public Builder searchLimits(SearchLimits newLimits) {
      searchLimits = newLimits;
      return this;
    }

    /** This server's name, as SASL mechanisms use it. */
    public Builder hostname(String name) {
      hostname = name;
      return this;
    }

    /** Printable ASCII; anything else is shown as a question mark. */
    public Builder greeting(String text) {
      greeting = text;
      return this;
    }

    /** Which mechanisms there are, with and without TLS. */
    public Builder sasl(SaslPolicy newPolicy) {
      policy = newPolicy;
      return this;
    }

    /** What a failed login costs. */
    public Builder failureDelay(FailureDelay delay) {
      failureDelay = delay;
      return this;
    }

    /** How guessing is slowed down; one for several services counts for all of them. */
    public Builder throttle(LoginThrottle newThrottle) {
      throttle = newThrottle;
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

    /**
     * Announces LITERAL- in the place of LITERAL+ (RFC 7888 section 5): literals of more than 4096
     * octets that are sent without waiting for the go-ahead are refused.
     */
    public Builder smallLiteralsOnly() {
      extensions.smallLiteralsOnly();
      return this;
    }

    /**
     * Keeps RFC 6855 section 4 to the letter: before ENABLE UTF8=ACCEPT or IMAP4rev2, APPEND of a
     * message with octets above 127 in its header is refused. Otherwise it is taken as it is, since
     * programs that copy old mail from server to server would lose messages.
     */
    public Builder refuseEightBitHeaders() {
      eightBitHeaders = false;
      return this;
    }

    /** Leaves an extension out. */
    public Builder without(String name) {
      extensions.leaveOut(name);
      return this;
    }

    /**
     * Makes the service.
     *
     * @throws NullPointerException without store or authenticator
     * @throws IllegalArgumentException when two extensions bring the same command
     */
    public ImapService build() {
      ImapService service = new ImapService(this);
      if (extensions.hasOwn()) {
        // The standard extensions are known to agree; a clash with another should be seen at once.
        service.registry.vocabulary();
      }
      return service;
    }
  }
}
