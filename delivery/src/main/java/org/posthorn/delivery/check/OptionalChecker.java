package org.posthorn.delivery.check;

import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Lets mail pass where the checker behind it fails, and says so in the log. */
final class OptionalChecker implements Checker {
  private final Checker checker;

  OptionalChecker(Checker checker) {
    this.checker = checker;
  }

  @Override
  public Check begin(SmtpPeer peer) {
    try {
      return new OptionalCheck(checker.begin(peer));
    } catch (StoreException e) {
      log(e);
      return new OptionalCheck(null);
    }
  }

  private static void log(StoreException why) {
    System.getLogger("org.posthorn.delivery.check")
        .log(System.Logger.Level.WARNING, "mail passes without a check", why);
  }

  private static final class OptionalCheck implements Check {
    private @Nullable Check check;

    OptionalCheck(@Nullable Check check) {
      this.check = check;
    }

    private interface Question<R> {
      R ask(Check check) throws StoreException;
    }

    /** After the first failure it is asked no more. */
    private <R> R ask(Question<R> question, R otherwise) {
      Check asked = check;
      if (asked == null) {
        return otherwise;
      }
      try {
        return question.ask(asked);
      } catch (StoreException e) {
        log(e);
        close();
        return otherwise;
      }
    }

    @Override
    public Verdict from(ReversePath sender, MailParameters parameters) {
      return ask(real -> real.from(sender, parameters), Verdict.OK);
    }

    @Override
    public Verdict recipient(Recipient recipient) {
      return ask(real -> real.recipient(recipient), Verdict.OK);
    }

    @Override
    public Findings content(Spool content) {
      return ask(real -> real.content(content), Findings.NOTHING);
    }

    @Override
    public void close() {
      Check ended = check;
      check = null;
      if (ended != null) {
        try {
          ended.close();
        } catch (StoreException e) {
          log(e);
        }
      }
    }
  }
}
