package org.posthorn.imap.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Row;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** The criteria of a SEARCH as one key, and what it takes to test them. Immutable. */
public final class SearchProgram {

  private final SearchKey root;
  private final boolean numbered;

  // Made when somebody asks, of most programs not before they are those of a view. Two threads may
  // make it twice, and it is the same.
  private @Nullable Survey survey;

  /** The program that selects what the key matches. */
  public SearchProgram(SearchKey root) {
    this(root, false);
  }

  /**
   * The program that selects what the key matches.
   *
   * @param numbered whether it was written with sequence numbers that are no keys any more
   */
  private SearchProgram(SearchKey root, boolean numbered) {
    this.root = root;
    this.numbered = numbered;
  }

  private Survey survey() {
    Survey made = survey;
    if (made == null) {
      made = Survey.of(root);
      survey = made;
    }
    return made;
  }

  /** The program for a session's messages; to be called before any message is tested. */
  public SearchProgram in(SearchView view) {
    return new SearchProgram(root.in(view), isNumbered());
  }

  /** The names of stored searches that have to be put in first. */
  Set<String> filters() {
    return survey().filters();
  }

  /**
   * The program with stored searches put in.
   *
   * @param storedNumbered whether one of these speaks of sequence numbers
   */
  SearchProgram bind(Map<String, SearchKey> stored, boolean storedNumbered) {
    return new SearchProgram(root.bind(stored), isNumbered() || storedNumbered);
  }

  SearchKey root() {
    return root;
  }

  /** Those of the messages that can match, as far as the program names its messages. */
  public UidSet candidates(UidSet messages) {
    UidSet left = messages;
    for (SearchKey key : conjunction()) {
      if (key instanceof UidKey named) {
        left = left.intersect(named.uids());
      }
    }
    return left;
  }

  /** Those of the messages that can match, by what the program names and by their flags. */
  FlagIndex byFlags(Mailbox mailbox, UidSet messages) throws StoreException {
    FlagIndex asked = FlagIndex.ask(mailbox, conjunction(), messages);
    return tellsModSeq() || isFuzzy() ? new FlagIndex(asked.left(), false) : asked;
  }

  /** Whether an index of texts can tell that messages are out of the question. */
  boolean looksForText() {
    for (SearchKey key : conjunction()) {
      if (key instanceof BodyKey || key instanceof TextKey || key instanceof FuzzyKey) {
        return true;
      }
    }
    return false;
  }

  /** Those of the messages that can match, by what the program names and by an index of texts. */
  UidSet narrowed(SearchIndex index, Mailbox mailbox, UidSet messages) throws StoreException {
    UidSet left = candidates(messages);
    for (SearchKey key : conjunction()) {
      if (key instanceof BodyKey body && !body.text().isEmpty()) {
        left = index.candidates(mailbox, left, Scope.BODY, body.text().toString());
      } else if (key instanceof TextKey text && !text.text().isEmpty()) {
        left = index.candidates(mailbox, left, Scope.TEXT, text.text().toString());
      } else if (key instanceof FuzzyKey like) {
        left = like.candidates(index, mailbox, left);
      }
    }
    return left;
  }

  /** The keys of which all must match. */
  private List<SearchKey> conjunction() {
    List<SearchKey> all = new ArrayList<>();
    addConjuncts(root, all);
    return all;
  }

  private static void addConjuncts(SearchKey key, List<SearchKey> all) {
    if (key instanceof AllOf || key instanceof FuzzyGroup) {
      key.operands().forEach(operand -> addConjuncts(operand, all));
    } else {
      all.add(key);
    }
  }

  /** What the rows of the messages must have. */
  public Set<Item> items() {
    return survey().items();
  }

  /** Whether it speaks of sequence numbers, which then must not change while it is answered. */
  public boolean isNumbered() {
    return numbered || survey().numbered();
  }

  /** Whether the answer tells the greatest MODSEQ found (RFC 7162 section 3.1.5). */
  public boolean tellsModSeq() {
    return survey().tellsModSeq();
  }

  /** Whether there was a FUZZY key, so that messages have scores. */
  public boolean isFuzzy() {
    return survey().fuzzy();
  }

  /** Whether the result changes only when messages do. */
  public boolean isSteady() {
    return survey().steady();
  }

  /** What testing a message costs at worst. */
  public SearchKey.Cost cost() {
    return root.cost();
  }

  /** The score of a message that is selected, 0 of others; its row has the {@link #items}. */
  int score(Mailbox mailbox, Row row, TextBuffers buffers, CallContext context)
      throws StoreException {
    try (StoredMessage message = new StoredMessage(mailbox, row)) {
      SearchMessage tested = new SearchMessage(message, survey().bodyNeedles(), buffers, context);
      return root.matches(tested) ? tested.score() : 0;
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.EXPUNGED) {
        return 0; // Gone since the page was read: it is no result any more.
      }
      throw e;
    }
  }
}
