package org.posthorn.pop3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Retrievals;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.LoginThrottle;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.protocol.sasl.SaslService;
import org.posthorn.store.Access;
import org.posthorn.store.MailStore;

/** A POP3 service: its configuration, and the engines made from it. Immutable, thread-safe. */
public final class Pop3Service implements EngineFactory {
  private static final String PROTOCOL = "pop3";

  private final MailStore store;
  private final SaslService sasl;
  private final Pop3Limits limits;
  private final String greeting;
  private final List<Pop3Extension> extensions;
  private final Set<String> without;
  private final Duration loginDelay;
  private final @Nullable Expiry expiry;
  private final @Nullable Removal removal;
  private final Access access;
  private final boolean apop;
  private final boolean unicodeHeaders;
  private final List<Pop3Language> languages;
  private final LineEnds lineEnds = new LineEnds();
  private final Retrievals retrievals;

  // Made when the first session asks: a start needs none of it.
  private volatile @Nullable Registry registry;
  private volatile @Nullable LoginIntervals loginIntervals;

  private Pop3Service(Builder builder) {
    store = Objects.requireNonNull(builder.store, "store");
    sasl =
        new SaslService(
            Objects.requireNonNull(builder.authenticator, "authenticator"),
            builder.policy,
            builder.failureDelay,
            builder.throttle,
            PROTOCOL,
            builder.hostname);
    retrievals = new Retrievals(store);
    limits = builder.limits;
    greeting = builder.greeting;
    loginDelay = builder.loginDelay;
    expiry = builder.expiry;
    removal = builder.removal;
    access = builder.access;
    apop = builder.apop && sasl.authenticator().keepsPasswords();
    unicodeHeaders = builder.unicodeHeaders;
    languages = List.copyOf(builder.languages);
    extensions = List.copyOf(builder.extensions);
    without = Set.copyOf(builder.without);
  }

  /** A service with all that this module knows; store and authenticator are still to be named. */
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
    return PROTOCOL;
  }

  /** RFC 3206 section 4. */
  @Override
  public String farewell(TurnedAway why) {
    return why == TurnedAway.STOPPING
        ? "-ERR [SYS/TEMP] Server is stopping\r\n"
        : "-ERR [SYS/TEMP] Too many connections\r\n";
  }

  @Override
  public Engine create(ConnectionInfo connection) {
    return new Pop3Engine(this, connection);
  }

  MailStore store() {
    return store;
  }

  LineEnds lineEnds() {
    return lineEnds;
  }

  Retrievals retrievals() {
    return retrievals;
  }

  SaslService sasl() {
    return sasl;
  }

  Pop3Limits limits() {
    return limits;
  }

  LoginIntervals loginIntervals() {
    LoginIntervals known = loginIntervals;
    return known == null ? makeLoginIntervals() : known;
  }

  private synchronized LoginIntervals makeLoginIntervals() {
    LoginIntervals made = loginIntervals;
    if (made == null) {
      made = new LoginIntervals(loginDelay);
      loginIntervals = made;
    }
    return made;
  }

  Expiry expiry() {
    return expiry == null ? Expiry.NEVER : expiry;
  }

  Removal removal() {
    return removal == null ? Removal.DELETE : removal;
  }

  Access access() {
    return access;
  }

  boolean offersApop() {
    return apop;
  }

  boolean sendsUnicodeHeaders() {
    return unicodeHeaders;
  }

  List<Pop3Language> languages() {
    List<Pop3Language> all = new ArrayList<>(languages);
    all.add(0, Pop3Language.ENGLISH);
    return all;
  }

  String greeting() {
    return greeting;
  }

  Registry registry() {
    Registry known = registry;
    if (known == null) {
      known = new Registry(chosenExtensions());
      registry = known;
    }
    return known;
  }

  private List<Pop3Extension> chosenExtensions() {
    List<Pop3Extension> chosen = new ArrayList<>(Pop3Extensions.standard());
    chosen.addAll(extensions);
    chosen.removeIf(extension -> without.contains(extension.name()));
    if (apop) {
      chosen.add(new ApopExtension());
    }
    return chosen;
  }

  /** Collects the configuration. */
  public static final class Builder {
    private final List<Pop3Extension> extensions = new ArrayList<>();
    private final Set<String> without = new HashSet<>();
    private @Nullable MailStore store;
    private @Nullable Authenticator authenticator;
    private SaslPolicy policy = SaslPolicy.STANDARD;
    private FailureDelay failureDelay = FailureDelay.STANDARD;
    private LoginThrottle throttle = LoginThrottle.standard();
    private Pop3Limits limits = Pop3Limits.DEFAULTS;
    private String hostname = "localhost";
    private String greeting = "Posthorn POP3 ready";

    private Duration loginDelay = Duration.ZERO;
    private @Nullable Expiry expiry;
    private @Nullable Removal removal;
    private Access access = Access.EXCLUSIVE;
    private boolean apop;
    private boolean unicodeHeaders;
    private final List<Pop3Language> languages = new ArrayList<>();

    private Builder() {}

    /** Where the mail is; required. */
    public Builder store(MailStore newStore) {
      store = newStore;
      return this;
    }

    /** Who may log in; required. */
    public Builder authenticator(Authenticator newAuthenticator) {
      authenticator = newAuthenticator;
      return this;
    }

    /** Which mechanisms there are, with and without TLS. */
    public Builder sasl(SaslPolicy newPolicy) {
      policy = newPolicy;
      return this;
    }

    /** How refused logins are slowed down. */
    public Builder failureDelay(FailureDelay newDelay) {
      failureDelay = newDelay;
      return this;
    }

    /** How guessing is slowed down; one for several services counts for all of them. */
    public Builder throttle(LoginThrottle newThrottle) {
      throttle = newThrottle;
      return this;
    }

    /** What a client may take. */
    public Builder limits(Pop3Limits newLimits) {
      limits = newLimits;
      return this;
    }

    /** This server's name, for SASL. */
    public Builder hostname(String newHostname) {
      hostname = newHostname;
      return this;
    }

    /** Text of the greeting: printable ASCII, no angle brackets, which would announce APOP. */
    public Builder greeting(String text) {
      if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '<' && c != '>')) {
        throw new IllegalArgumentException("not a greeting: " + text);
      }
      greeting = text;
      return this;
    }

    /**
     * How long a user has to wait between two logins (LOGIN-DELAY); zero, which is the default, for
     * not at all.
     */
    public Builder loginDelay(Duration delay) {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("negative");
      }
      loginDelay = delay;
      return this;
    }

    /** How long messages stay (EXPIRE); {@link Expiry#NEVER} unless set. */
    public Builder expiry(Expiry newExpiry) {
      expiry = newExpiry;
      return this;
    }

    /** What DELE means; {@link Removal#DELETE} unless set. */
    public Builder removal(Removal newRemoval) {
      removal = newRemoval;
      return this;
    }

    /**
     * Lets several sessions read one maildrop at the same time; without it a second one is told
     * {@code [IN-USE]}.
     */
    public Builder sharedSessions() {
      access = Access.WRITE;
      return this;
    }

    /**
     * Offers APOP, if the authenticator {@linkplain Authenticator#keepsPasswords has passwords}.
     */
    public Builder apop() {
      apop = true;
      return this;
    }

    /**
     * Sends messages with UTF-8 in their headers to clients that did not say UTF8; without it they
     * are refused with {@code [UTF8]} (RFC 6856 section 2.1).
     */
    public Builder sendUnicodeHeaders() {
      unicodeHeaders = true;
      return this;
    }

    /** Adds a language for LANG; {@code *} stands for English. */
    public Builder language(Pop3Language language) {
      languages.add(language);
      return this;
    }

    /** Adds commands and capabilities. */
    public Builder extension(Pop3Extension extension) {
      extensions.add(extension);
      return this;
    }

    /** Leaves out what is called so, such as STLS. */
    public Builder without(String extension) {
      without.add(extension);
      return this;
    }

    /**
     * Makes the service.
     *
     * @throws NullPointerException without store or authenticator
     * @throws IllegalArgumentException when two extensions bring the same command
     */
    public Pop3Service build() {
      Pop3Service service = new Pop3Service(this);
      if (!extensions.isEmpty()) {
        // The standard extensions are known to agree; a clash with another should be seen at once.
        service.registry();
      }
      return service;
    }
  }
}
