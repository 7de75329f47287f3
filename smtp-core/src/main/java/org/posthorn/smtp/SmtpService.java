package org.posthorn.smtp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.LoginThrottle;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.protocol.sasl.SaslService;
import org.posthorn.smtp.content.ContentRules;
import org.posthorn.smtp.extension.NoSoliciting;
import org.posthorn.smtp.extension.StandardExtensions;

/**
 * An SMTP or LMTP service: its role, its handler, its limits and extensions. Thread-safe and
 * immutable.
 */
public final class SmtpService implements EngineFactory {
  private final SmtpRole role;
  private final String hostname;
  private final String greeting;
  private final MailHandler handler;
  private final SmtpLimits limits;
  private final boolean tlsRequired;
  private final BareLineEnds bareLineEnds;
  private final ContentRules contentRules;
  private final List<SmtpExtension> extensions;
  private final Map<String, SmtpCommand> basicCommands = new HashMap<>();

  private SmtpService(Builder builder) {
    role = builder.role;
    hostname = builder.hostname;
    greeting = builder.greeting;
    handler = builder.handler;
    limits = builder.limits;
    tlsRequired = builder.tlsRequired;
    bareLineEnds = builder.bareLineEnds;
    contentRules =
        new ContentRules(
            hostname,
            limits.hops(),
            role == SmtpRole.LMTP,
            role == SmtpRole.SUBMISSION && !builder.asSubmitted,
            builder.identities,
            builder.soliciting == null ? NoSoliciting.NOTHING : builder.soliciting);
    List<SmtpExtension> all = new ArrayList<>(StandardExtensions.all());
    all.add(new BdatCommand());
    all.add(new StartTls());
    Authenticator users = builder.authenticator;
    if (users != null) {
      all.add(
          new Auth(
              new SaslService(
                  users,
                  builder.saslPolicy,
                  builder.failureDelay,
                  builder.throttle,
                  protocol(),
                  hostname)));
    }
    if (builder.urls != null) {
      all.add(new Burl(builder.urls));
    }
    if (builder.proxies != null) {
      all.add(new XClient(builder.proxies));
    }
    if (builder.soliciting != null) {
      all.add(builder.soliciting);
    }
    all.addAll(builder.extensions);
    extensions = List.copyOf(all);
    for (String verb : List.of("HELO", "EHLO", "LHLO")) {
      basicCommands.put(verb, new GreetingCommand(verb));
    }
    for (SmtpCommand command : List.of(new MailCommand(), new DataCommand())) {
      basicCommands.put(command.verb(), command);
    }
    for (SmtpCommand command : SimpleCommands.all()) {
      basicCommands.put(command.verb(), command);
    }
  }

  /** A service that takes mail for local domains without AUTH. */
  public static Builder mx(String hostname, MailHandler handler) {
    return new Builder(SmtpRole.MX, hostname, handler);
  }

  /** A service that takes mail from users (RFC 6409). */
  public static Builder submission(
      String hostname, MailHandler handler, Authenticator authenticator) {
    return new Builder(SmtpRole.SUBMISSION, hostname, handler).authenticator(authenticator);
  }

  /**
   * A service that takes mail from a neighbouring server and answers for each recipient (RFC 2033).
   */
  public static Builder lmtp(String hostname, MailHandler handler) {
    return new Builder(SmtpRole.LMTP, hostname, handler);
  }

  @Override
  public boolean blocksInNativeCode() {
    return handler.blocksInNativeCode();
  }

  @Override
  public boolean answersAtOnce() {
    return handler.answersAtOnce();
  }

  @Override
  public String protocol() {
    return switch (role) {
      case MX -> "smtp";
      case SUBMISSION, LMTP -> role.name().toLowerCase(Locale.ROOT);
    };
  }

  /** RFC 5321 section 3.8. */
  @Override
  public String farewell(TurnedAway why) {
    String reason =
        why == TurnedAway.STOPPING ? "4.3.2 Service shutting down" : "4.7.0 Too many connections";
    return "421 " + hostname + ' ' + reason + "\r\n";
  }

  @Override
  public Engine create(ConnectionInfo connection) {
    return new SmtpEngine(this, connection);
  }

  public SmtpRole role() {
    return role;
  }

  public String hostname() {
    return hostname;
  }

  public SmtpLimits limits() {
    return limits;
  }

  public MailHandler handler() {
    return handler;
  }

  String greeting() {
    return greeting;
  }

  boolean tlsRequired() {
    return tlsRequired;
  }

  BareLineEnds bareLineEnds() {
    return bareLineEnds;
  }

  ContentRules contentRules() {
    return contentRules;
  }

  List<SmtpExtension> extensions() {
    return extensions;
  }

  /**
   * The command of a verb; null when there is none. An extension's command answers itself when it
   * is not to be had.
   */
  @Nullable SmtpCommand command(String verb, SmtpSession session) {
    SmtpCommand basic = basicCommands.get(verb);
    if (basic != null) {
      return basic;
    }
    for (SmtpExtension extension : extensions) {
      for (SmtpCommand command : extension.commands()) {
        if (command.verb().equals(verb)) {
          return command;
        }
      }
    }
    return null;
  }

  /** What HELP shows. */
  List<String> verbs(SmtpSession session) {
    List<String> verbs = new ArrayList<>(basicCommands.keySet());
    verbs.add("RCPT");
    verbs.removeAll(role == SmtpRole.LMTP ? List.of("HELO", "EHLO") : List.of("LHLO"));
    for (SmtpExtension extension : extensions) {
      if (extension.announcement(session).isPresent()) {
        extension.commands().forEach(command -> verbs.add(command.verb()));
      }
    }
    verbs.sort(null);
    return verbs;
  }

  /** What HELP says about a verb; null when there is no such. */
  @Nullable String usage(String verb, SmtpSession session) {
    if (!verbs(session).contains(verb)) {
      return null;
    }
    SmtpCommand command = command(verb, session);
    return command == null ? "RCPT TO:<address> [parameters]" : command.usage();
  }

  /** What all parameters together come to; null when that is nothing. */
  @Nullable Verdict checkMail(SmtpSession session, Map<String, String> values)
      throws SmtpSyntaxException, RefusedException {
    Verdict welcome = null;
    for (SmtpExtension extension : extensions) {
      if (extension.announcement(session).isPresent()) {
        Optional<Verdict> said = extension.checkMail(session, values);
        welcome = said.isPresent() ? said.get() : welcome;
      }
    }
    return welcome;
  }

  /** Collects what a service is made of. */
  public static final class Builder {
    private final SmtpRole role;
    private final String hostname;
    private final MailHandler handler;
    private String greeting = "Posthorn";
    private @Nullable Authenticator authenticator;
    private SmtpLimits limits = SmtpLimits.DEFAULTS;
    private boolean tlsRequired;
    private SaslPolicy saslPolicy = SaslPolicy.STANDARD;
    private FailureDelay failureDelay = FailureDelay.STANDARD;
    private LoginThrottle throttle = LoginThrottle.standard();
    private BareLineEnds bareLineEnds = BareLineEnds.KEEP;
    private boolean asSubmitted;
    private @Nullable UrlResolver urls;
    private @Nullable Predicate<InetAddress> proxies;
    private @Nullable SenderIdentities identities;
    private @Nullable NoSoliciting soliciting;
    private final List<SmtpExtension> extensions = new ArrayList<>();

    private Builder(SmtpRole role, String hostname, MailHandler handler) {
      this.role = role;
      this.hostname = Objects.requireNonNull(hostname);
      this.handler = Objects.requireNonNull(handler);
    }

    private Builder authenticator(Authenticator value) {
      authenticator = value;
      return this;
    }

    /** The text behind host name and protocol in the greeting. */
    public Builder greeting(String text) {
      greeting = text;
      return this;
    }

    public Builder limits(SmtpLimits value) {
      limits = value;
      return this;
    }

    /** Which mechanisms there are, with and without TLS. */
    public Builder sasl(SaslPolicy policy) {
      saslPolicy = policy;
      return this;
    }

    /** How slowly refused logins are answered. */
    public Builder failureDelay(FailureDelay delay) {
      failureDelay = delay;
      return this;
    }

    /** How guessing is slowed down; one for several services counts for all of them. */
    public Builder throttle(LoginThrottle newThrottle) {
      throttle = newThrottle;
      return this;
    }

    /** Refuses MAIL before TLS (530 5.7.0). */
    public Builder requireTls() {
      tlsRequired = true;
      return this;
    }

    public Builder bareLineEnds(BareLineEnds policy) {
      bareLineEnds = policy;
      return this;
    }

    /**
     * Lets users send only as those that they are: MAIL with another address is refused with 553
     * 5.7.1, a message with another one in From with 550 5.7.1. Not asked of clients without AUTH.
     */
    public Builder identities(SenderIdentities value) {
      identities = value;
      return this;
    }

    /** Announces BURL (RFC 4468), on submission. */
    public Builder urls(UrlResolver resolver) {
      urls = resolver;
      return this;
    }

    /** Announces XCLIENT to these addresses, and believes what they say about their clients. */
    public Builder xclientFrom(Predicate<InetAddress> trusted) {
      proxies = trusted;
      return this;
    }

    /** Leaves out Date and Message-ID where a submitted message has none (RFC 6409 section 8). */
    public Builder asSubmitted() {
      asSubmitted = true;
      return this;
    }

    /**
     * Announces NO-SOLICITING (RFC 3865) and refuses mail that says it is of one of these kinds, by
     * SOLICIT in its envelope or by Solicitation in its header.
     *
     * @param keywords solicitation class keywords such as org.example:ADV; none where the handler
     *     alone decides
     */
    public Builder noSoliciting(String... keywords) {
      soliciting = new NoSoliciting(List.of(keywords));
      return this;
    }

    /** Adds to what is announced and accepted. */
    public Builder extension(SmtpExtension extension) {
      extensions.add(extension);
      return this;
    }

    public SmtpService build() {
      return new SmtpService(this);
    }
  }
}
