package org.posthorn.protocol.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The client's side of RFC 5802, for tests. */
final class ScramClient {
  private final ScramHash hash;
  private final String user;
  private final String password;
  private final String gs2;
  private final byte[] bindingData;
  private String authMessage = "";
  private byte[] salted = {};

  ScramClient(ScramHash hash, String gs2, String user, String password) {
    this(hash, gs2, new byte[0], user, password);
  }

  ScramClient(ScramHash hash, String gs2, byte[] bindingData, String user, String password) {
    this.bindingData = bindingData;
    this.hash = hash;
    this.gs2 = gs2;
    this.user = user;
    this.password = password;
  }

  String bare() {
    return "n=" + user + ",r=rOprNGfwEbeRWgbNEkqO";
  }

  byte[] first() {
    return (gs2 + bare()).getBytes(UTF_8);
  }

  static Map<Character, String> attributes(byte[] message) {
    Map<Character, String> attributes = new HashMap<>();
    for (String one : new String(message, UTF_8).split(",", -1)) {
      attributes.put(one.charAt(0), one.substring(2));
    }
    return attributes;
  }

  byte[] last(byte[] serverFirst) {
    Map<Character, String> said = attributes(serverFirst);
    byte[] salt = Base64.getDecoder().decode(said.get('s'));
    salted = ScramCrypto.hi(hash, password.getBytes(UTF_8), salt, Integer.parseInt(said.get('i')));
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(gs2.getBytes(UTF_8));
    input.writeBytes(bindingData);
    String binding = Base64.getEncoder().encodeToString(input.toByteArray());
    String withoutProof = "c=" + binding + ",r=" + said.get('r');
    authMessage = bare() + "," + new String(serverFirst, UTF_8) + "," + withoutProof;
    byte[] clientKey = ScramCrypto.hmac(hash, salted, "Client Key".getBytes(UTF_8));
    byte[] storedKey = ScramCrypto.digest(hash, clientKey);
    byte[] signature = ScramCrypto.hmac(hash, storedKey, authMessage.getBytes(UTF_8));
    String proof = Base64.getEncoder().encodeToString(ScramCrypto.xor(clientKey, signature));
    return (withoutProof + ",p=" + proof).getBytes(UTF_8);
  }

  String serverSignature() {
    byte[] serverKey = ScramCrypto.hmac(hash, salted, "Server Key".getBytes(UTF_8));
    byte[] signature = ScramCrypto.hmac(hash, serverKey, authMessage.getBytes(UTF_8));
    return Base64.getEncoder().encodeToString(signature);
  }
}
