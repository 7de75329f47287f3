package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.StoreException;

/** Servers in two data centres would give the same UIDs. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class HomeTest {
  private final String address = TestKeyspace.emptied();
  private final CqlSession session = TestKeyspace.session();
  private final String home = home();

  private String home() {
    return String.valueOf(
        session.execute("SELECT datacenter FROM home WHERE one = 1").one().getString("datacenter"));
  }

  private void settle(String datacenter) {
    assertTrue(
        session
            .execute(
                SimpleStatement.newInstance(
                    "UPDATE home SET datacenter = ? WHERE one = 1 IF EXISTS", datacenter))
            .wasApplied());
  }

  @AfterEach
  void back() {
    settle(home);
  }

  @Test
  void aServerInAnotherDataCentreIsRefused() throws Exception {
    CassandraStore.at(address).over(session).open().close();
    settle("south");
    StoreException refused =
        assertThrows(StoreException.class, () -> CassandraStore.at(address).over(session).open());
    assertEquals(StoreException.Code.CANNOT, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("south"));
    assertEquals("south", home());
  }
}
