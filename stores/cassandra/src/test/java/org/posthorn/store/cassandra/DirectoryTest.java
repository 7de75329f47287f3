package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailboxId;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/** The next owner of a name gets nothing that the last one had. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class DirectoryTest extends TwoServers {
  private HookedSession hooked;
  private CassandraAcl acl;
  private MailboxId inbox;

  /** Bob may read alice's mail. */
  @BeforeEach
  void grant() throws Exception {
    hooked = new HookedSession(TestKeyspace.session());
    acl = new CassandraAcl(here.parts().cql());
    inbox = open(here, INBOX).info().id();
    directory(here).create("bob");
    acl.put("alice", inbox, "bob", Rights.ALL);
  }

  private static AccountDirectory directory(CassandraStore store) {
    return store.facet(AccountDirectory.class).orElseThrow();
  }

  private Map<String, Rights> granted() throws StoreException {
    return acl.entries("alice", inbox);
  }

  /** The server that deletes bob comes no further than to statements with these words. */
  private void deleteInVain(String words) throws StoreException {
    try (CassandraStore dying = TestKeyspace.shared().over(hooked.session()).open()) {
      hooked.refuse(words);
      assertThrows(StoreException.class, () -> directory(dying).delete("bob"));
    }
    assertFalse(directory(here).exists("bob"));
    assertEquals(new TreeMap<>(Map.of("bob", Rights.ALL)), granted());
  }

  @Test
  void whatWasGrantedToAnAccountWhoseDeletionWasInterruptedIsNotForTheNext() throws Exception {
    deleteInVain("DELETE FROM acl");
    assertTrue(directory(there).create("bob"));
    assertEquals(Map.of(), granted());
    acl.put("alice", inbox, "bob", Rights.ALL);
    assertFalse(directory(there).create("bob"));
    assertEquals(Map.of("bob", Rights.ALL), granted());
  }

  @Test
  void aDeletionThatWasInterruptedIsFinishedByTheNext() throws Exception {
    appendTo(here, "bob");
    deleteInVain("INSERT INTO garbage");
    assertFalse(directory(there).delete("bob"));
    assertEquals(Map.of(), granted());
  }

  @Test
  void whatIsGrantedToWhoIsYetToComeIsKept() throws Exception {
    directory(here).create("carol");
    directory(here).delete("carol");
    acl.put("alice", inbox, "carol", Rights.ALL);
    directory(here).create("carol");
    assertEquals(Rights.ALL, granted().get("carol"));
    directory(here).delete("carol");
  }
}
