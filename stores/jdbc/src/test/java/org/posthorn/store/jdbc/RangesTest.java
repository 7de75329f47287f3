package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.UidRangeCodec;

class RangesTest {
  @Property
  void rangesHoldExactlyWhatIsWanted(
      @ForAll("uids") UidSet existing, @ForAll("uids") UidSet asked) {
    UidSet wanted = asked.intersect(existing);
    UidSet.Builder held = UidSet.builder();
    for (UidSet.Range range : Ranges.cover(wanted, existing)) {
      held.addAll(existing.clamp(range.first(), range.last()));
    }
    assertEquals(wanted, held.build());
  }

  @Property
  void allThatExistsIsOneRange(@ForAll("uids") UidSet existing) {
    int expected = existing.isEmpty() ? 0 : 1;
    assertEquals(expected, Ranges.cover(existing, existing).size());
  }

  @Property
  void storedRangesComeBack(@ForAll("uids") UidSet uids) {
    assertEquals(uids, UidRangeCodec.decode(UidRangeCodec.encode(uids)));
  }

  @Provide
  Arbitrary<UidSet> uids() {
    Arbitrary<Long> near = Arbitraries.longs().between(1, 60);
    Arbitrary<Long> anywhere = Arbitraries.longs().between(1, UidSet.MAX_UID);
    return Arbitraries.frequencyOf(Tuple.of(9, near), Tuple.of(1, anywhere))
        .list()
        .ofMaxSize(40)
        .map(RangesTest::set);
  }

  private static UidSet set(List<Long> uids) {
    UidSet.Builder set = UidSet.builder();
    uids.forEach(set::add);
    return set.build();
  }
}
