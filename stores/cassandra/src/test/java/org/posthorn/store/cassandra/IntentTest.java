package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

class IntentTest {
  private static final UidSet UIDS = UidSet.of(1, 2, 7, 4_000_000_000L);

  @Test
  void intentsComeBackAsTheyWent() throws Exception {
    Flags flags = Flags.of(Set.of(SystemFlag.SEEN), List.of("$Junk", "later"));
    for (Intent intent :
        List.of(
            new Intent.Store(9, FlagChange.add(flags), UIDS),
            new Intent.Store(9, FlagChange.replace(Flags.NONE), UIDS),
            new Intent.Remove(8, UIDS),
            new Intent.Split(8, 50_000),
            new Intent.Move(5, "Fabc", UIDS, Optional.empty(), 4, 1_000),
            new Intent.Move(5, "Fabc", UIDS, Optional.of(Ids.token()), 3, 0))) {
      assertEquals(intent, Intent.decode(Intent.encode(intent)));
    }
  }

  @Test
  void bucketsComeBackAsTheyWent() throws Exception {
    List<Bucket> buckets =
        List.of(
            new Bucket(Ids.token(), 3, 1_000, 9, 250), new Bucket(Ids.token(), 1_003, 1, 10, 0));
    assertEquals(buckets, Bucket.fromText(Bucket.toText(buckets)));
    assertEquals(List.of(), Bucket.fromText(""));
  }
}
