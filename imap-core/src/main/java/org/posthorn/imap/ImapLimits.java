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

  /** Others that differ in what is set. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The defaults but for what is set. */
  public static Builder builder() {
    return DEFAULTS.toBuilder();
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

  /** Collects limits; what each means is told at {@link ImapLimits}. Not thread-safe. */
  public static final class Builder {
    private int commandBeforeLogin;
    private int command;
    private long message;
    private long skippedBeforeLogin;
    private int badCommands;
    private Duration login;
    private Duration idle;
    private Duration keepAlive;
    private int pageRows;
    private int pageBytes;
    private NotifyLimits notifying;
    private int messageLimit;
    private int saveLimit;

    private Builder(ImapLimits from) {
      commandBeforeLogin = from.commandBeforeLogin;
      command = from.command;
      message = from.message;
      skippedBeforeLogin = from.skippedBeforeLogin;
      badCommands = from.badCommands;
      login = from.login;
      idle = from.idle;
      keepAlive = from.keepAlive;
      pageRows = from.pageRows;
      pageBytes = from.pageBytes;
      notifying = from.notifying;
      messageLimit = from.messageLimit;
      saveLimit = from.saveLimit;
    }

    public Builder commandBeforeLogin(int most) {
      commandBeforeLogin = most;
      return this;
    }

    public Builder command(int most) {
      command = most;
      return this;
    }

    public Builder message(long octets) {
      message = octets;
      return this;
    }

    public Builder skippedBeforeLogin(long octets) {
      skippedBeforeLogin = octets;
      return this;
    }

    public Builder badCommands(int most) {
      badCommands = most;
      return this;
    }

    public Builder login(Duration time) {
      login = time;
      return this;
    }

    public Builder idle(Duration time) {
      idle = time;
      return this;
    }

    public Builder keepAlive(Duration time) {
      keepAlive = time;
      return this;
    }

    public Builder pageRows(int most) {
      pageRows = most;
      return this;
    }

    public Builder pageBytes(int most) {
      pageBytes = most;
      return this;
    }

    public Builder notifying(NotifyLimits limits) {
      notifying = limits;
      return this;
    }

    public Builder messageLimit(int most) {
      messageLimit = most;
      return this;
    }

    public Builder saveLimit(int most) {
      saveLimit = most;
      return this;
    }

    public ImapLimits build() {
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
          saveLimit);
    }
  }
}
