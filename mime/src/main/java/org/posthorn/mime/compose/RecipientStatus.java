package org.posthorn.mime.compose;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message for one recipient (RFC 3464 section 2.3). Immutable; the methods give
 * changed copies.
 *
 * @param finalRecipient the address, {@code local@domain}; it may have characters above ASCII
 * @param action what was done
 * @param status an enhanced status code, {@code 5.1.1} (RFC 3463)
 * @param originalRecipient the address type and address that the sender gave as ORCPT, {@code
 *     rfc822;joe@example.org}, its xtext undone
 * @param remoteMta the host that said so
 * @param diagnostic the reply of that host, {@code 550 5.1.1 No such user}
 * @param lastAttempt when it was tried last
 * @param logId under what the sender's administrator finds it in our log
 * @param willRetryUntil until when it will be tried again
 */
public record RecipientStatus(
    String finalRecipient,
    Action action,
    String status,
    @Nullable String originalRecipient,
    @Nullable String remoteMta,
    @Nullable String diagnostic,
    @Nullable OffsetDateTime lastAttempt,
    @Nullable String logId,
    @Nullable OffsetDateTime willRetryUntil) {

  /** What was done (RFC 3464 section 2.3.3). */
  public enum Action {
    /** It could not be delivered and will not be tried again. */
    FAILED("failed"),
    /** It could not be delivered so far. */
    DELAYED("delayed"),
    /** It was delivered. */
    DELIVERED("delivered"),
    /** It was handed to a host that gives no such reports. */
    RELAYED("relayed"),
    /** It was delivered and forwarded to several others. */
    EXPANDED("expanded");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * Checks the status.
   *
   * @throws IllegalArgumentException if it is no enhanced status code
   */
  public RecipientStatus {
    if (!status.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")) {
      throw new IllegalArgumentException("not an enhanced status code: " + status);
    }
  }

  /** What must be told. */
  public static RecipientStatus of(String finalRecipient, Action action, String status) {
    return new RecipientStatus(finalRecipient, action, status, null, null, null, null, null, null);
  }

  /** With the address that the sender gave as ORCPT. */
  public RecipientStatus withOriginalRecipient(String typeAndAddress) {
    return new RecipientStatus(
        finalRecipient,
        action,
        status,
        typeAndAddress,
        remoteMta,
        diagnostic,
        lastAttempt,
        logId,
        willRetryUntil);
  }

  /** With the reply of another host. */
  public RecipientStatus withReply(String host, String reply) {
    return new RecipientStatus(
        finalRecipient,
        action,
        status,
        originalRecipient,
        host,
        reply,
        lastAttempt,
        logId,
        willRetryUntil);
  }

  /** With a reply of our own or of no host. */
  public RecipientStatus withDiagnostic(String reply) {
    return new RecipientStatus(
        finalRecipient,
        action,
        status,
        originalRecipient,
        remoteMta,
        reply,
        lastAttempt,
        logId,
        willRetryUntil);
  }

  /** With the times of the last and of the very last attempt. */
  public RecipientStatus withAttempts(OffsetDateTime last, @Nullable OffsetDateTime until) {
    return new RecipientStatus(
        finalRecipient,
        action,
        status,
        originalRecipient,
        remoteMta,
        diagnostic,
        last,
        logId,
        until);
  }

  /** With the name under which our log has it. */
  public RecipientStatus withLogId(String id) {
    return new RecipientStatus(
        finalRecipient,
        action,
        status,
        originalRecipient,
        remoteMta,
        diagnostic,
        lastAttempt,
        id,
        willRetryUntil);
  }
}
