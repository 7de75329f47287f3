package org.posthorn.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.octets;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Acl;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.Rights;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.WatchSpec;

/** Annotations (RFC 5464), where the store has the facet. */
public interface MetadataContract extends ContractPart {
  EntryName PRIVATE = new EntryName("/private/comment");
  EntryName SHARED = new EntryName("/shared/comment");
  Identity USER = Identity.owner(ALICE);
  Identity POSTMASTER = new Identity(ALICE, "postmaster", Role.ADMIN);

  private Metadata metadata() {
    Optional<Metadata> metadata = tested().store().facet(Metadata.class);
    assumeTrue(metadata.isPresent(), "the store has no Metadata");
    return metadata.orElseThrow();
  }

  private void put(Identity who, Optional<MailboxName> mailbox, EntryName entry, String value)
      throws StoreException {
    metadata().set(who, mailbox, Map.of(entry, Optional.of(octets(value))));
  }

  private Map<String, String> found(Identity who, Optional<MailboxName> mailbox)
      throws StoreException {
    Map<String, String> found = new HashMap<>();
    metadata()
        .get(who, mailbox)
        .forEach((entry, value) -> found.put(entry.path(), new String(value, UTF_8)));
    return found;
  }

  @Test
  default void entriesAreSetReplacedAndRemoved() throws Exception {
    Optional<MailboxName> inbox = Optional.of(INBOX);
    assertTrue(found(USER, inbox).isEmpty());
    put(USER, inbox, PRIVATE, "one");
    put(USER, inbox, SHARED, "");
    assertEquals(Map.of("/private/comment", "one", "/shared/comment", ""), found(USER, inbox));
    metadata()
        .set(USER, inbox, Map.of(PRIVATE, Optional.of(octets("two")), SHARED, Optional.empty()));
    assertEquals(Map.of("/private/comment", "two"), found(USER, inbox));
    metadata().set(USER, inbox, Map.of(SHARED, Optional.empty()));
    assertTrue(found(USER, Optional.empty()).isEmpty());
  }

  @Test
  default void valuesAreOctets() throws Exception {
    byte[] value = TestedStore.noise(metadata().limits().valueOctets(), 7);
    metadata().set(USER, Optional.of(INBOX), Map.of(PRIVATE, Optional.of(value)));
    assertArrayEquals(value, metadata().get(USER, Optional.of(INBOX)).get(PRIVATE));
  }

  @Test
  default void tooBigAndTooManyIsRefusedAndNothingIsChanged() throws Exception {
    byte[] big = new byte[metadata().limits().valueOctets() + 1];
    Optional<MailboxName> inbox = Optional.of(INBOX);
    assertRefused(
        Code.TOO_BIG,
        () ->
            metadata()
                .set(
                    USER,
                    inbox,
                    Map.of(SHARED, Optional.of(octets("x")), PRIVATE, Optional.of(big))));
    Map<EntryName, Optional<byte[]>> many = new HashMap<>();
    for (int i = 0; i < metadata().limits().entries(); i++) {
      many.put(new EntryName("/private/vendor/kit/" + i), Optional.of(octets("x")));
    }
    metadata().set(USER, inbox, many);
    assertRefused(Code.LIMIT, () -> put(USER, inbox, PRIVATE, "one too many"));
    assertEquals(many.size(), found(USER, inbox).size());
    put(USER, inbox, SHARED, "counted apart");
  }

  @Test
  default void whatIsNotThereIsNonexistent() throws Exception {
    metadata();
    Optional<MailboxName> nowhere = Optional.of(MailboxName.of("nowhere"));
    assertRefused(Code.NONEXISTENT, () -> found(USER, nowhere));
    assertRefused(Code.NONEXISTENT, () -> put(USER, nowhere, PRIVATE, "x"));
  }

  @Test
  default void sharedEntriesOfTheServerAreTheAdministrators() throws Exception {
    metadata();
    tested().createAccount("bob");
    assertRefused(Code.NO_PERMISSION, () -> put(USER, Optional.empty(), SHARED, "x"));
    assertRefused(
        Code.CANNOT, () -> put(USER, Optional.empty(), new EntryName("/shared/admin"), "x"));
    put(POSTMASTER, Optional.empty(), new EntryName("/shared/admin"), "mailto:postmaster@x");
    put(USER, Optional.empty(), PRIVATE, "mine");
    assertEquals(
        Map.of("/shared/admin", "mailto:postmaster@x", "/private/comment", "mine"),
        found(USER, Optional.empty()));
    assertEquals(
        Map.of("/shared/admin", "mailto:postmaster@x"),
        found(Identity.owner("bob"), Optional.empty()));
  }

  @Test
  default void entriesStayWithARenamedMailboxAndGoWithADeletedOne() throws Exception {
    metadata();
    MailboxName box = tested().create("box");
    put(USER, Optional.of(box), PRIVATE, "mine");
    put(USER, Optional.of(box), SHARED, "ours");
    MailboxName other = MailboxName.of("other");
    tested().account().rename(box, other);
    assertEquals(2, found(USER, Optional.of(other)).size());
    tested().account().delete(other);
    tested().create("other");
    assertTrue(found(USER, Optional.of(other)).isEmpty());
  }

  @Test
  default void watchersHearOfSharedEntries() throws Exception {
    metadata();
    AtomicInteger hints = new AtomicInteger();
    tested()
        .keep(
            tested()
                .account()
                .watch(new WatchSpec.Subtree(List.of()), which -> hints.incrementAndGet()));
    put(USER, Optional.of(INBOX), SHARED, "news");
    assertTrue(hints.get() > 0);
  }

  @Test
  default void onSharedMailboxesSharedEntriesAreSharedAndPrivateOnesAreNot() throws Exception {
    Optional<Acl> acl = tested().store().facet(Acl.class);
    metadata();
    assumeTrue(acl.isPresent(), "the store has no Acl");
    tested().createAccount("bob");
    Identity bob = Identity.owner("bob");
    acl.orElseThrow().set(USER, INBOX, "bob", Acl.Mode.REPLACE, Rights.parse("lr"));
    Optional<MailboxName> seen =
        Optional.of(
            MailboxName.parse(
                tested().openAccount("bob").namespaces().otherUsers().get(0).prefix()
                    + ALICE
                    + "/INBOX"));
    put(USER, Optional.of(INBOX), SHARED, "ours");
    put(USER, Optional.of(INBOX), PRIVATE, "alice's");
    put(bob, seen, PRIVATE, "bob's");
    assertEquals(Map.of("/shared/comment", "ours", "/private/comment", "bob's"), found(bob, seen));
    assertRefused(Code.NO_PERMISSION, () -> put(bob, seen, SHARED, "x"));
    acl.orElseThrow().set(USER, INBOX, "bob", Acl.Mode.REPLACE, Rights.parse("lk"));
    assertRefused(Code.NO_PERMISSION, () -> found(bob, seen));
    acl.orElseThrow().set(USER, INBOX, "bob", Acl.Mode.REPLACE, Rights.parse("lrw"));
    put(bob, seen, SHARED, "changed");
    assertEquals("changed", found(USER, Optional.of(INBOX)).get("/shared/comment"));
    assertEquals("alice's", found(USER, Optional.of(INBOX)).get("/private/comment"));
  }

  @Test
  default void twoWhoSetAtTheSameTimeBothDo() throws Exception {
    metadata();
    try (Crew crew = new Crew()) {
      for (int i = 0; i < 4; i++) {
        int number = i;
        crew.add(
            () -> {
              for (int n = 0; n < 5; n++) {
                put(
                    USER,
                    Optional.of(INBOX),
                    new EntryName("/private/vendor/kit/" + number + "-" + n),
                    "x");
              }
              return true;
            });
      }
      crew.join();
    }
    assertEquals(20, found(USER, Optional.of(INBOX)).size());
  }

  @Test
  default void entriesSurviveTheStoresRestart() throws Exception {
    put(USER, Optional.of(INBOX), PRIVATE, "mine");
    put(POSTMASTER, Optional.empty(), SHARED, "everybody's");
    tested().reopen();
    assertEquals(Map.of("/private/comment", "mine"), found(USER, Optional.of(INBOX)));
    assertEquals(Map.of("/shared/comment", "everybody's"), found(USER, Optional.empty()));
    assertTrue(
        Arrays.equals(octets("mine"), metadata().get(USER, Optional.of(INBOX)).get(PRIVATE)));
  }
}
