package org.posthorn.imap.thread;

import java.util.List;
import java.util.Map;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;

/** One algorithm of THREAD as an extension; all of them bring the same commands. */
public final class ThreadAlgorithms implements ImapExtension {
  private static final Map<String, ThreadAlgorithm> BY_NAME =
      Map.of(
          "ORDEREDSUBJECT", new OrderedSubject(),
          "REFERENCES", new References(),
          "REFS", new Refs());
  private static final List<Command> COMMANDS =
      List.of(ThreadCommand.bySequence(), ThreadCommand.byUid());

  private final String algorithm;

  private ThreadAlgorithms(String algorithm) {
    this.algorithm = algorithm;
  }

  /** THREAD=ORDEREDSUBJECT, RFC 5256. */
  public static ImapExtension orderedSubject() {
    return new ThreadAlgorithms("ORDEREDSUBJECT");
  }

  /** THREAD=REFERENCES, RFC 5256. */
  public static ImapExtension references() {
    return new ThreadAlgorithms("REFERENCES");
  }

  /** THREAD=REFS. */
  public static ImapExtension refs() {
    return new ThreadAlgorithms("REFS");
  }

  /** The algorithms by their names in upper case, in use or not. */
  static Map<String, ThreadAlgorithm> byName() {
    return BY_NAME;
  }

  @Override
  public String name() {
    return "THREAD=" + algorithm;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public List<Command> commands() {
    return COMMANDS;
  }
}
