package org.posthorn.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** UidSet against sets of numbers. */
class UidSetLawsTest {
  /** Few enough that ranges touch, nest and overlap. */
  private static final long DENSE = 60;

  @Provide
  Arbitrary<List<Long>> uids() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(1, DENSE),
            Arbitraries.longs().between(UidSet.MAX_UID - 5, UidSet.MAX_UID))
        .list()
        .ofMaxSize(40);
  }

  private static UidSet set(Iterable<Long> uids) {
    UidSet.Builder builder = UidSet.builder();
    uids.forEach(builder::add);
    return builder.build();
  }

  private static void assertSame(SortedSet<Long> expected, UidSet actual) {
    List<Long> all = new ArrayList<>();
    actual.forEachUid(all::add);
    assertEquals(new ArrayList<>(expected), all);
    assertEquals(set(expected), actual);
    assertEquals(set(expected).hashCode(), actual.hashCode());
    assertEquals(expected.size(), actual.size());
    assertEquals(expected.isEmpty(), actual.isEmpty());
    assertEquals(expected.isEmpty() ? 0 : expected.first(), actual.first());
    assertEquals(expected.isEmpty() ? 0 : expected.last(), actual.last());
    for (int i = 1; i < actual.rangeCount(); i++) {
      assertTrue(actual.rangeLast(i - 1) + 1 < actual.rangeFirst(i), "ranges are maximal");
    }
  }

  @Property
  void anyOrderGivesTheSameSet(@ForAll("uids") List<Long> uids) {
    UidSet built = set(uids);
    assertSame(new TreeSet<>(uids), built);
    assertEquals(built, UidSet.of(uids.stream().mapToLong(Long::longValue).toArray()));
    assertEquals(new ArrayList<>(new TreeSet<>(uids)), built.stream().boxed().toList());
  }

  @Property
  void rankAndNthAreInverse(@ForAll("uids") List<Long> uids) {
    TreeSet<Long> model = new TreeSet<>(uids);
    UidSet set = set(uids);
    int index = 0;
    for (long uid : model) {
      assertEquals(uid, set.nth(index));
      assertEquals(index++, set.rank(uid));
    }
    for (long uid = 0; uid <= DENSE + 1; uid++) {
      assertEquals(model.contains(uid), set.contains(uid));
      assertEquals(model.headSet(uid).size(), set.rank(uid));
    }
    assertEquals(model.size(), set.rank(Long.MAX_VALUE));
  }

  @Property
  void whatLiesWithinRangesIsWhatTheirSetHasInCommon(
      @ForAll("uids") List<Long> uids, @ForAll("uids") List<Long> ends) {
    long[] bounds = new long[ends.size() / 2 * 2];
    UidSet.Builder ranges = UidSet.builder();
    for (int i = 0; i < bounds.length; i += 2) {
      bounds[i] = Math.min(ends.get(i), ends.get(i + 1));
      bounds[i + 1] = Math.max(ends.get(i), ends.get(i + 1));
      ranges.addRange(bounds[i], bounds[i + 1]);
    }
    UidSet set = set(uids);
    TreeSet<Long> expected = new TreeSet<>(uids);
    expected.removeIf(uid -> !ranges.build().contains(uid));
    assertSame(expected, set.within(bounds));
    // Most sets that clients write ascend.
    long[] ascending = new long[2 * ranges.build().rangeCount()];
    for (int i = 0; i < ascending.length; i += 2) {
      ascending[i] = ranges.build().rangeFirst(i / 2);
      ascending[i + 1] = ranges.build().rangeLast(i / 2);
    }
    assertSame(expected, set.within(ascending));
  }

  @Property
  void algebraIsThatOfSets(@ForAll("uids") List<Long> left, @ForAll("uids") List<Long> right) {
    UidSet a = set(left);
    UidSet b = set(right);
    TreeSet<Long> union = new TreeSet<>(left);
    union.addAll(right);
    assertSame(union, a.union(b));
    TreeSet<Long> common = new TreeSet<>(left);
    common.retainAll(right);
    assertSame(common, a.intersect(b));
    TreeSet<Long> rest = new TreeSet<>(left);
    rest.removeAll(right);
    assertSame(rest, a.minus(b));
    assertEquals(new TreeSet<>(left).containsAll(right), a.containsAll(b));
  }

  @Property
  void growingAtTheEndLeavesTheOldSetAlone(
      @ForAll("uids") List<Long> uids, @ForAll @LongRange(min = 1, max = 3) long gap) {
    TreeSet<Long> model = new TreeSet<>(uids.stream().filter(uid -> uid <= DENSE).toList());
    UidSet before = set(model);
    long next = before.last() + gap;
    UidSet after = before.union(UidSet.range(next, next));
    UidSet other = before.union(UidSet.range(next + 1, next + 2));
    assertSame(model, before);
    TreeSet<Long> otherModel = new TreeSet<>(model);
    otherModel.addAll(List.of(next + 1, next + 2));
    assertSame(otherModel, other);
    model.add(next);
    assertSame(model, after);
  }

  @Property
  void clampAndSliceArePartsOfTheSet(
      @ForAll("uids") List<Long> uids,
      @ForAll @LongRange(min = -2, max = 70) long first,
      @ForAll @LongRange(min = -2, max = 70) long last) {
    TreeSet<Long> model = new TreeSet<>(uids);
    UidSet set = set(uids);
    TreeSet<Long> within = new TreeSet<>(model);
    within.removeIf(uid -> uid < first || uid > last);
    assertSame(within, set.clamp(first, last));
    long from = Math.floorMod(first, set.size() + 1);
    long to = from + Math.floorMod(last, set.size() + 1 - from);
    List<Long> inOrder = new ArrayList<>(model).subList((int) from, (int) to);
    assertSame(new TreeSet<>(inOrder), set.slice(from, to));
  }

  @Property
  void parseUndoesPrint(@ForAll("uids") List<Long> uids) {
    UidSet set = set(uids);
    assertEquals(set, UidSet.parse(set.toString()));
  }

  @Property
  void parseOfAnyTextGivesASetOrASyntaxError(@ForAll String text) {
    try {
      UidSet set = UidSet.parse(text);
      assertEquals(set, UidSet.parse(set.toString()));
    } catch (IllegalArgumentException refused) {
      assertEquals("not a set of UIDs", refused.getMessage());
    }
  }
}
