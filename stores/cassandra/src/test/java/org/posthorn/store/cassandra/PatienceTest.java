package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.StoreException;

/** What may be sent again is, until the patience is over. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class PatienceTest {
  private final FaultySession faults = new FaultySession(TestKeyspace.session());
  private CassandraStore patient;
  private CassandraStore hasty;

  @BeforeEach
  void open() throws Exception {
    TestKeyspace.emptied();
    patient = TestKeyspace.shared().over(faults.session()).open();
    hasty = TestKeyspace.shared().over(faults.session()).patience(Duration.ofMillis(250)).open();
    patient.facet(AccountDirectory.class).orElseThrow().create("alice");
  }

  @AfterEach
  void close() {
    faults.heal();
    patient.close();
    hasty.close();
  }

  @Test
  void aMessageArrivesOnceThoughReadsAndPlainWritesAreNotAnswered() throws Exception {
    for (int i = 1; i <= 8; i++) {
      faults.stall(i);
      TwoServers.appendTo(patient, "alice");
      assertEquals(0, faults.stalled());
    }
    assertEquals(8, TwoServers.open(patient, TwoServers.INBOX).snapshot().uids().size());
  }

  @Test
  void whoeverHasNoneLeftIsRefused() throws Exception {
    faults.stall(Integer.MAX_VALUE);
    StoreException refused =
        assertThrows(StoreException.class, () -> TwoServers.appendTo(hasty, "alice"));
    assertEquals(StoreException.Code.UNAVAILABLE, refused.code());
    assertTrue(Integer.MAX_VALUE - faults.stalled() > 1, "it was tried once only");
    faults.heal();
    TwoServers.appendTo(hasty, "alice");
  }
}
