package org.posthorn.server;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among key managers by the host name that a client asks for (RFC 6066 section 3). An alias
 * is the manager's number, a colon and the alias that this manager gave.
 */
final class SniKeyManager extends X509ExtendedKeyManager {
  private final List<X509ExtendedKeyManager> managers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  SniKeyManager(X509ExtendedKeyManager fallback, Map<String, X509ExtendedKeyManager> hosts) {
    managers.add(fallback);
    names.add("");
    hosts.forEach(
        (name, manager) -> {
          names.add(name.toLowerCase(Locale.ROOT));
          managers.add(manager);
        });
  }

  private int choose(@Nullable String host) {
    if (host == null) {
      return 0;
    }
    String asked = host.toLowerCase(Locale.ROOT);
    int exact = names.indexOf(asked);
    if (exact > 0) {
      return exact;
    }
    int dot = asked.indexOf('.');
    return dot <= 0 ? 0 : Math.max(0, names.indexOf("*" + asked.substring(dot)));
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    SSLSession session = engine.getHandshakeSession();
    int index = choose(session == null ? null : TlsSessions.requestedHost(session));
    String alias = managers.get(index).chooseEngineServerAlias(keyType, issuers, engine);
    return alias == null ? null : index + ":" + alias;
  }

  private X509ExtendedKeyManager manager(String alias) {
    return managers.get(Integer.parseInt(alias.substring(0, alias.indexOf(':'))));
  }

  private static String rest(String alias) {
    return alias.substring(alias.indexOf(':') + 1);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return manager(alias).getCertificateChain(rest(alias));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return manager(alias).getPrivateKey(rest(alias));
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String[] aliases = managers.get(0).getServerAliases(keyType, issuers);
    if (aliases == null) {
      return null;
    }
    String[] mine = new String[aliases.length];
    for (int i = 0; i < mine.length; i++) {
      mine[i] = "0:" + aliases[i];
    }
    return mine;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    String alias = managers.get(0).chooseServerAlias(keyType, issuers, socket);
    return alias == null ? null : "0:" + alias;
  }

  /** A server's keys are not a client's. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
