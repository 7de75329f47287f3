package org.posthorn.imap.search;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.posthorn.store.Item;

/**
 * What the keys of a program have in them, however deep. Immutable.
 *
 * @param items what the rows of the messages must have
 * @param bodyNeedles what is looked for in bodies
 * @param filters the names of stored searches that have to be put in first
 * @param numbered whether there are sequence numbers of which no view has said yet what they mean
 * @param tellsModSeq whether the answer tells the greatest MODSEQ found
 * @param steady whether the result changes only when messages do
 * @param fuzzy whether messages have scores
 */
record Survey(
    Set<Item> items,
    List<Needle> bodyNeedles,
    Set<String> filters,
    boolean numbered,
    boolean tellsModSeq,
    boolean steady,
    boolean fuzzy) {

  /** Keeps immutable copies. */
  Survey {
    items = Set.copyOf(items);
    bodyNeedles = List.copyOf(bodyNeedles);
  }

  static Survey of(SearchKey root) {
    Collector all = new Collector();
    all.add(root);
    return new Survey(
        all.items,
        all.bodyNeedles,
        all.filters,
        all.numbered,
        all.tellsModSeq,
        all.steady,
        all.fuzzy);
  }

  private static final class Collector {
    private final Set<Item> items = EnumSet.noneOf(Item.class);
    private final List<Needle> bodyNeedles = new ArrayList<>();
    private final Set<String> filters = new LinkedHashSet<>();
    private boolean numbered;
    private boolean tellsModSeq;
    private boolean steady = true;
    private boolean fuzzy;

    void add(SearchKey key) {
      tellsModSeq |= key.tellsModSeq();
      steady &= key.isSteady();
      fuzzy |= key instanceof FuzzyGroup;
      numbered |= key instanceof ViewKey view && view.numbered();
      items.addAll(key.items());
      if (key instanceof BodyKey body) {
        bodyNeedles.add(body.text());
      } else if (key instanceof TextKey text) {
        bodyNeedles.add(text.text());
      } else if (key instanceof FilterKey filter) {
        filters.add(filter.name());
      }
      for (SearchKey operand : key.operands()) {
        add(operand);
      }
    }
  }
}
