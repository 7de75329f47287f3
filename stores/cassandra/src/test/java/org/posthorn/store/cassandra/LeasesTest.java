package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** A mailbox for oneself, where replies get lost. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class LeasesTest {
  private final String mailbox = Ids.token().toString();
  private final UUID first = Ids.token();
  private final UUID second = Ids.token();
  private FaultySession faults;
  private CassandraStore struck;
  private CassandraStore other;

  @BeforeEach
  void open() throws Exception {
    TestKeyspace.emptied();
    faults = new FaultySession(TestKeyspace.session());
    struck = TestKeyspace.shared().over(faults.session()).open();
    other = TestKeyspace.shared().open();
  }

  @AfterEach
  void close() {
    struck.close();
    other.close();
  }

  private static Leases of(CassandraStore store) {
    return store.parts().leases();
  }

  private static void assertRefused(Code code, Leases leases, String mailbox, UUID holder) {
    StoreException refused = assertThrows(StoreException.class, () -> leases.take(mailbox, holder));
    assertEquals(code, refused.code());
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLY_LOST", "SENT_TWICE", "REQUEST_LOST", "LATE"})
  void whoDidNotHearThatHeGotItHasItAndGivesItBack(FaultySession.Fault fault) throws Exception {
    faults.strike(1, fault);
    of(struck).take(mailbox, first);
    faults.heal();
    assertRefused(Code.IN_USE, of(other), mailbox, second);
    assertRefused(Code.IN_USE, of(struck), mailbox, second);
    faults.strike(1, fault);
    of(struck).release(mailbox, first);
    faults.heal();
    of(other).take(mailbox, second);
    of(other).release(mailbox, second);
  }

  @Test
  void whereNothingAnswersItIsRefusedAndTheNextWhoAsksHereGetsIt() throws Exception {
    faults.strike(1, FaultySession.Fault.SILENT_AFTER);
    assertRefused(Code.UNAVAILABLE, of(struck), mailbox, first);
    faults.heal();
    assertRefused(Code.IN_USE, of(other), mailbox, second);
    of(struck).take(mailbox, second);
    assertRefused(Code.IN_USE, of(other), mailbox, first);
    assertRefused(Code.IN_USE, of(struck), mailbox, first);
    of(struck).release(mailbox, second);
    of(other).take(mailbox, first);
    of(other).release(mailbox, first);
  }
}
