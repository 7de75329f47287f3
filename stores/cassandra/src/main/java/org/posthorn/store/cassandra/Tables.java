package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps tables apart: some are changed by conditional batches alone, the others by plain writes
 * alone. Time stamps of the two do not agree, so that one cell must not have both.
 */
final class Tables {
  /** Changed by conditional batches. */
  static final Set<String> CONDITIONAL = Set.of("account", "mailbox", "attribute", "lease");

  private static final Pattern CHANGE =
      Pattern.compile("\\s*(?:INSERT\\s+INTO|UPDATE|DELETE\\b.*?\\bFROM)\\s+(\\w+)(.*)");

  /** Whether a statement may be sent outside of a conditional batch, by its text. */
  private static final Map<String, Boolean> PLAIN = new ConcurrentHashMap<>();

  private Tables() {}

  /** The statement is about to be sent on its own. */
  static BoundStatement alone(BoundStatement statement) {
    String cql = statement.getPreparedStatement().getQuery();
    if (!PLAIN.computeIfAbsent(cql, Tables::mayGoAlone)) {
      throw new IllegalStateException("not without a condition: " + cql);
    }
    return statement;
  }

  /** The statement is about to be sent in a conditional batch. */
  static BoundStatement inBatch(BoundStatement statement) {
    String cql = statement.getPreparedStatement().getQuery();
    if (!isOfConditionalTable(cql)) {
      throw new IllegalStateException("not in a conditional batch: " + cql);
    }
    return statement;
  }

  static boolean mayGoAlone(String cql) {
    Matcher change = CHANGE.matcher(cql);
    return !change.matches()
        || CONDITIONAL.contains(change.group(1)) == change.group(2).contains(" IF ");
  }

  static boolean isOfConditionalTable(String cql) {
    Matcher change = CHANGE.matcher(cql);
    return change.matches() && CONDITIONAL.contains(change.group(1));
  }
}
