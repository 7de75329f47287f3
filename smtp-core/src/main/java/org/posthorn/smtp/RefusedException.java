package org.posthorn.smtp;

/** A command is well-formed but refused. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Verdict verdict;

  public RefusedException(Verdict verdict) {
    super(verdict.text());
    this.verdict = verdict;
  }

  public Verdict verdict() {
    return verdict;
  }
}
