package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.Provider;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslClientFactory;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;
import org.posthorn.testkit.sasl.ScramClient;

/** SCRAM and OAUTHBEARER for clients that take mechanisms from the JDK's SASL providers. */
final class ScramProvider extends Provider {
  private static final long serialVersionUID = 1L;

  ScramProvider() {
    super("PosthornTestSasl", "1", "SCRAM and OAUTHBEARER, the client's side");
    for (String mechanism : new Factory().getMechanismNames(Map.of())) {
      put("SaslClientFactory." + mechanism, Factory.class.getName());
    }
  }

  /** Made by the JDK. */
  public static final class Factory implements SaslClientFactory {
    @Override
    public @Nullable SaslClient createSaslClient(
        String[] mechanisms,
        String authorizationId,
        String protocol,
        String serverName,
        Map<String, ?> properties,
        CallbackHandler handler)
        throws SaslException {
      for (String mechanism : mechanisms) {
        if (mechanism.startsWith("SCRAM-SHA-") || mechanism.equals("OAUTHBEARER")) {
          NameCallback name = new NameCallback("user");
          PasswordCallback password = new PasswordCallback("password", false);
          try {
            handler.handle(new Callback[] {name, password});
          } catch (IOException | UnsupportedCallbackException e) {
            throw new SaslException("no name or password", e);
          }
          return new Client(mechanism, name.getName(), new String(password.getPassword()));
        }
      }
      return null;
    }

    @Override
    public String[] getMechanismNames(Map<String, ?> properties) {
      return new String[] {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"};
    }
  }

  private static final class Client implements SaslClient {
    private final String mechanism;
    private final String user;
    private final String secret;
    private final ScramClient scram;
    private String serverFirst = "";
    private int steps;
    private boolean complete;

    Client(String mechanism, String user, String secret) {
      this.mechanism = mechanism;
      this.user = user;
      this.secret = secret;
      this.scram =
          new ScramClient(mechanism.replace("SCRAM-", ""), "n,,", new byte[0], user, secret);
    }

    @Override
    public String getMechanismName() {
      return mechanism;
    }

    @Override
    public boolean hasInitialResponse() {
      return true;
    }

    @Override
    public byte[] evaluateChallenge(byte[] challenge) throws SaslException {
      steps++;
      if (mechanism.equals("OAUTHBEARER")) {
        complete = steps == 1;
        String message = "n,a=" + user + ",\u0001auth=Bearer " + secret + "\u0001\u0001";
        // RFC 7628 section 3.2.3: to an error the client has nothing more to say.
        return (steps == 1 ? message : "\u0001").getBytes(UTF_8);
      }
      return scram(new String(challenge, UTF_8)).getBytes(UTF_8);
    }

    private String scram(String challenge) throws SaslException {
      switch (steps) {
        case 1 -> {
          return scram.first();
        }
        case 2 -> {
          serverFirst = challenge;
          return scram.last(challenge);
        }
        default -> {
          if (!challenge.equals(scram.expected(serverFirst))) {
            throw new SaslException("the server does not know the password");
          }
          complete = true;
          return "";
        }
      }
    }

    @Override
    public boolean isComplete() {
      return complete;
    }

    @Override
    public byte[] unwrap(byte[] incoming, int offset, int length) {
      throw new IllegalStateException("no security layer");
    }

    @Override
    public byte[] wrap(byte[] outgoing, int offset, int length) {
      throw new IllegalStateException("no security layer");
    }

    @Override
    public @Nullable Object getNegotiatedProperty(String name) {
      return null;
    }

    @Override
    public void dispose() {}
  }
}
