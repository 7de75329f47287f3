package org.posthorn.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Rights.Right;

class RightsTest {
  @Test
  void aListIsWrittenInOneOrderWithTheObsoleteRightsAdded() {
    assertEquals("lrswited", Rights.parse("dlrswi").toString());
    assertEquals("lrswipkxteacd", Rights.ALL.toString());
    assertEquals("", Rights.NONE.toString());
  }

  @Test
  void obsoleteRightsStandForTheirMembers() {
    assertEquals(Rights.of(Right.CREATE, Right.DELETE_MAILBOX), Rights.parse("c"));
    assertEquals(Rights.of(Right.DELETE_MESSAGES, Right.EXPUNGE), Rights.parse("d"));
  }

  @Test
  void anUnknownLetterIsRefused() {
    for (String letters : List.of("z", "lrq", "L", "0", "é")) {
      assertThrows(IllegalArgumentException.class, () -> Rights.parse(letters), letters);
    }
  }

  @Test
  void flagsArePermittedOneByOne() {
    Flags wanted =
        Flags.of(Set.of(SystemFlag.SEEN, SystemFlag.DELETED, SystemFlag.DRAFT), List.of("k"));
    assertEquals(wanted, Rights.ALL.permitted(wanted));
    assertEquals(Flags.NONE, Rights.parse("lri").permitted(wanted));
    assertEquals(
        Flags.of(SystemFlag.SEEN, SystemFlag.DELETED), Rights.parse("rsti").permitted(wanted));
    assertEquals(
        Flags.of(Set.of(SystemFlag.DRAFT, SystemFlag.SEEN), List.of("k")),
        Rights.parse("rswi").permitted(wanted));
  }
}
