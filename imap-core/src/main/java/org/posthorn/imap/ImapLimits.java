package org.posthorn.imap;

import java.time.Duration;
import org.posthorn.imap.limit.MessageLimit;

/**
 * What one session may take. Sizes in octets.
 *
 * @param commandBeforeLogin of one command before login, literals included
 * @param command of one command after login, literals included but for APPEND's messages
 * @param message of one message in APPEND
 * @param skippedBeforeLogin of a refused command before login that are read and dropped; beyond
 *     them the connection ends
 * @param badCommands in a row until the connection ends
 * @param login time from the greeting to a login
 * @param idle time without a command until the connection ends, at least 30 minutes by RFC 9051
 *     section 5.4
 * @param keepAlive time after which a silent IDLE says that it is still there
 * @param pageRows messages that one call to the store gives at most
 * @param pageBytes octets of indexes that one call to the store gives at most, about
 * @param notifying what NOTIFY may cost
 * @param messageLimit messages that one command works on at most (RFC 9738: MESSAGELIMIT); 0: any
 *     number, which is the default. The RFC asks for 1000 or more; clients that do not know it get
 *     less than they asked for
 * @param saveLimit messages that one COPY or APPEND makes at most (RFC 9738: SAVELIMIT), for when
 *     there is no messageLimit; 0: any number
 */
public record ImapLimits(
    int commandBeforeLogin,
    int command,
    long message,
    long skippedBeforeLogin,
    int badCommands,
    Duration login,
    Duration idle,
    Duration keepAlive,
    int pageRows,
    int pageBytes,
    NotifyLimits notifying,
    int messageLimit,
    int saveLimit) {
  public static final ImapLimits DEFAULTS =
      new ImapLimits(
          8 << 10,
          64 << 10,
          64L << 20,
          64 << 10,
          20,
          Duration.ofMinutes(3),
          Duration.ofMinutes(30),
          Duration.ofMinutes(2),
          1_000,
          1 << 20,
          NotifyLimits.DEFAULTS,
          0,
          0);

  public ImapLimits {
    if (commandBeforeLogin < 64
        || command < 64
        || message < 1
        || skippedBeforeLogin < 0
        || badCommands < 1
        || pageRows < 1
        || pageBytes < 1
        || messageLimit < 0
        || saveLimit < 0) {
      throw new IllegalArgumentException("a limit is too small");
    }
  }

  /** These limits with other sizes of a command. */
  public ImapLimits withCommand(int beforeLogin, int afterLogin) {
    return new ImapLimits(
        beforeLogin,
        afterLogin,
        message,
        skippedBeforeLogin,
        badCommands,
        login,
        idle,
        keepAlive,
        pageRows,
        pageBytes,
        notifying,
        messageLimit,
        saveLimit);
  }

  /** These limits with another size of a message. */
  public ImapLimits withMessage(long octets) {
    return new ImapLimits(
        commandBeforeLogin,
        command,
        octets,
        skippedBeforeLogin,
        badCommands,
        login,
        idle,
        keepAlive,
        pageRows,
        pageBytes,
        notifying,
        messageLimit,
        saveLimit);
  }

  /** These limits with other times. */
  public ImapLimits withTimes(Duration newLogin, Duration newIdle, Duration newKeepAlive) {
    return new ImapLimits(
        commandBeforeLogin,
        command,
        message,
        skippedBeforeLogin,
        badCommands,
        newLogin,
        newIdle,
        newKeepAlive,
        pageRows,
        pageBytes,
        notifying,
        messageLimit,
        saveLimit);
  }

  /** These limits with other pages. */
  public ImapLimits withPages(int rows, int bytes) {
    return new ImapLimits(
        commandBeforeLogin,
        command,
        message,
        skippedBeforeLogin,
        badCommands,
        login,
        idle,
        keepAlive,
        rows,
        bytes,
        notifying,
        messageLimit,
        saveLimit);
  }

  /** These limits with others for NOTIFY. */
  public ImapLimits withNotifying(NotifyLimits limits) {
    return new ImapLimits(
        commandBeforeLogin,
        command,
        message,
        skippedBeforeLogin,
        badCommands,
        login,
        idle,
        keepAlive,
        pageRows,
        pageBytes,
        limits,
        messageLimit,
        saveLimit);
  }

  /** These limits with another number of messages that one command works on (RFC 9738). */
  public ImapLimits withMessageLimit(int messages) {
    return new ImapLimits(
        commandBeforeLogin,
        command,
        message,
        skippedBeforeLogin,
        badCommands,
        login,
        idle,
        keepAlive,
        pageRows,
        pageBytes,
        notifying,
        messages,
        saveLimit);
  }

  /** These limits with another number of messages that one command makes (RFC 9738). */
  public ImapLimits withSaveLimit(int messages) {
    return new ImapLimits(
        commandBeforeLogin,
        command,
        message,
        skippedBeforeLogin,
        badCommands,
        login,
        idle,
        keepAlive,
        pageRows,
        pageBytes,
        notifying,
        messageLimit,
        messages);
  }

  /** RFC 9738: what is switched on by these limits. */
  void addTo(ExtensionChoice extensions) {
    if (messageLimit > 0) {
      extensions.add(MessageLimit.all(messageLimit));
    } else if (saveLimit > 0) {
      extensions.add(MessageLimit.saving(saveLimit));
    }
  }

  /** Octets of a refused command that are read and dropped after login. */
  long skipped() {
    return Math.max(message, skippedBeforeLogin);
  }
}
