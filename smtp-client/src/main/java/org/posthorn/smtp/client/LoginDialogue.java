package org.posthorn.smtp.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.client.ClientSettings.Login;
import org.posthorn.smtp.client.ScramClient.ScramException;

/** One AUTH (RFC 4954): the strongest mechanism that both sides have. */
final class LoginDialogue {
  private static final List<String> SCRAM = List.of("SHA-512", "SHA-256", "SHA-1");

  private final Login login;
  private final String mechanism;
  private final @Nullable ScramClient scram;
  private int step;
  private boolean proven;

  private LoginDialogue(Login login, String mechanism, @Nullable ScramClient scram) {
    this.login = login;
    this.mechanism = mechanism;
    this.scram = scram;
    this.proven = scram == null;
  }

  /**
   * Begins; empty when there is no mechanism to be used.
   *
   * @param passwords whether the password itself may be sent
   * @param nonce fresh random printable characters
   */
  static Optional<LoginDialogue> with(
      List<String> offered, Login login, boolean passwords, String nonce) {
    for (String hash : SCRAM) {
      if (offered.contains("SCRAM-" + hash)) {
        ScramClient scram = new ScramClient(hash, login.user(), login.password(), nonce);
        return Optional.of(new LoginDialogue(login, "SCRAM-" + hash, scram));
      }
    }
    for (String mechanism : List.of("PLAIN", "LOGIN")) {
      if (passwords && offered.contains(mechanism)) {
        return Optional.of(new LoginDialogue(login, mechanism, null));
      }
    }
    return Optional.empty();
  }

  /** The AUTH command; LOGIN has no initial response. */
  String command() {
    if (scram != null) {
      return "AUTH " + mechanism + ' ' + base64(scram.first());
    }
    String plain = '\0' + login.user() + '\0' + login.password().revealText();
    return mechanism.equals("PLAIN") ? "AUTH PLAIN " + base64(plain) : "AUTH LOGIN";
  }

  /** The answer to a challenge; {@code *} gives up. */
  String answer(String challenge) {
    step++;
    if (scram != null) {
      return answer(scram, challenge);
    }
    boolean login = mechanism.equals("LOGIN") && step <= 2;
    return !login
        ? "*"
        : base64(step == 1 ? this.login.user() : this.login.password().revealText());
  }

  private String answer(ScramClient client, String challenge) {
    try {
      String text =
          new String(Base64.getDecoder().decode(challenge.strip()), StandardCharsets.UTF_8);
      if (step == 1) {
        return base64(client.answer(text));
      }
      proven = client.proves(text);
      return proven ? "" : "*";
    } catch (ScramException | IllegalArgumentException e) {
      return "*";
    }
  }

  /**
   * Whether success may be believed. Some servers put their proof into the text of the last reply.
   */
  boolean believes(ServerReply success) {
    return proven || (scram != null && success.lines().stream().anyMatch(this::isProof));
  }

  private boolean isProof(String line) {
    String last = line.substring(line.lastIndexOf(' ') + 1);
    try {
      String text = new String(Base64.getDecoder().decode(last), StandardCharsets.UTF_8);
      return scram != null && scram.proves(text);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
