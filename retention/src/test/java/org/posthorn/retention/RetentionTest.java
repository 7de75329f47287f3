package org.posthorn.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.retention.RetentionEvent.AccountDeleted;
import org.posthorn.retention.RetentionEvent.DeliveryRefused;
import org.posthorn.retention.RetentionEvent.Failed;
import org.posthorn.retention.RetentionEvent.MessagesExpired;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.SetClock;

/** Every rule over both stores, with a clock that the test sets. */
class RetentionTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final MailboxName SPAM = MailboxName.of("Spam");

  @TempDir Path directory;
  private final SetClock clock = new SetClock();
  private final List<RetentionEvent> events = new ArrayList<>();
  private MailStore store;

  enum Kind {
    MEMORY,
    SQLITE
  }

  private void open(Kind kind) throws StoreException {
    store =
        kind == Kind.MEMORY
            ? MemoryStore.builder().clock(clock).build()
            : SqliteStore.in(directory).clock(clock).open();
    for (String account : List.of("alice", "bob")) {
      directory().create(account);
      try (Account open = store.open(Identity.owner(account))) {
        open.create(SPAM, EnumSet.of(SpecialUse.JUNK));
      }
    }
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  private AccountDirectory directory() {
    return store.facet(AccountDirectory.class).orElseThrow();
  }

  private AccountState state() {
    return store.facet(AccountState.class).orElseThrow();
  }

  private void append(String account, MailboxName mailbox, AppendSpec spec) throws StoreException {
    try (Account open = store.open(Identity.owner(account));
        AppendGroup group = open.beginAppend(mailbox, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(spec));
      append.write(ByteBuffer.wrap("Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      append.end();
      group.commit();
    }
  }

  private void append(String account, MailboxName mailbox) throws StoreException {
    append(account, mailbox, AppendSpec.plain());
  }

  private String uids(String account, MailboxName mailbox) throws StoreException {
    try (Account open = store.open(Identity.owner(account));
        Mailbox opened = open.open(mailbox, Access.READ)) {
      return opened.snapshot().uids().toString();
    }
  }

  private Retention.Builder rules() {
    return Retention.of(store).clock(clock).events(events::add);
  }

  @ParameterizedTest
  @EnumSource
  void spamGoesAfterThirtyDaysAndTheDryRunSaysSoBefore(Kind kind) throws Exception {
    open(kind);
    append("alice", SPAM);
    append("alice", MailboxName.INBOX);
    clock.forward(DAY.multipliedBy(20));
    append("alice", SPAM);
    Retention retention =
        rules().expire(FolderRule.of(SpecialUse.JUNK, DAY.multipliedBy(30))).build();
    clock.forward(DAY.multipliedBy(10));
    assertEquals(new Retention.Result(0, 0, 0), retention.run(), "thirty days are not more");
    clock.forward(Duration.ofSeconds(1));

    assertEquals(new Retention.Result(1, 0, 0), retention.dryRun());
    assertEquals(List.of(new MessagesExpired("alice", SPAM, 1, true)), events);
    assertEquals("1:2", uids("alice", SPAM));

    events.clear();
    assertEquals(new Retention.Result(1, 0, 0), retention.run());
    assertEquals(List.of(new MessagesExpired("alice", SPAM, 1, false)), events);
    assertEquals("2", uids("alice", SPAM));
    assertEquals("1", uids("alice", MailboxName.INBOX), "no rule is about it");
    assertEquals(new Retention.Result(0, 0, 0), retention.run());
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMovedThereCountsFromThatDayUnlessTheRuleSaysOtherwise(Kind kind) throws Exception {
    open(kind);
    append("alice", MailboxName.INBOX);
    clock.forward(DAY.multipliedBy(40));
    try (Account account = store.open(Identity.owner("alice"));
        Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
      inbox.move(UidSet.of(1), SPAM);
    }
    FolderRule month = FolderRule.named(SPAM, DAY.multipliedBy(30));
    assertEquals(0, rules().expire(month).build().run().messages());
    FolderRule byDate = month.since(FolderRule.Since.INTERNAL_DATE);
    assertEquals(1, rules().expire(byDate).build().run().messages());
  }

  @ParameterizedTest
  @EnumSource
  void flaggedMessagesMayBeSpared(Kind kind) throws Exception {
    open(kind);
    append("alice", SPAM, AppendSpec.plain().withFlags(Flags.of(SystemFlag.FLAGGED)));
    append("alice", SPAM);
    clock.forward(DAY.multipliedBy(2));
    FolderRule rule = FolderRule.named(SPAM, DAY);
    assertEquals(1, rules().expire(rule.sparingFlagged()).build().run().messages());
    assertEquals("1", uids("alice", SPAM));
    assertEquals(1, rules().expire(rule).build().run().messages());
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatSeveralRulesAreAboutCountsOnce(Kind kind) throws Exception {
    open(kind);
    append("alice", SPAM);
    append("alice", SPAM, AppendSpec.plain().withFlags(Flags.of(SystemFlag.FLAGGED)));
    clock.forward(DAY.multipliedBy(3));
    Retention retention =
        rules()
            .expire(FolderRule.of(SpecialUse.JUNK, DAY))
            .expire(FolderRule.named(SPAM, DAY.multipliedBy(2)).sparingFlagged())
            .build();
    assertEquals(new Retention.Result(2, 0, 0), retention.dryRun());
    assertEquals(List.of(new MessagesExpired("alice", SPAM, 2, true)), events);
    events.clear();
    assertEquals(new Retention.Result(2, 0, 0), retention.run());
    assertEquals(List.of(new MessagesExpired("alice", SPAM, 2, false)), events);
  }

  @ParameterizedTest
  @EnumSource
  void aMistakeOfOursInOneAccountKeepsNoOtherWaiting(Kind kind) throws Exception {
    open(kind);
    append("alice", SPAM);
    append("bob", SPAM);
    clock.forward(DAY.multipliedBy(2));
    FolderRule rule =
        new FolderRule(
            info -> {
              if (info.name().equals(SPAM) && events.isEmpty()) {
                throw new IllegalStateException("made up");
              }
              return info.name().equals(SPAM);
            },
            DAY,
            FolderRule.Since.SAVED,
            false);
    assertEquals(new Retention.Result(1, 0, 1), rules().expire(rule).build().run());
    assertEquals("1", uids("alice", SPAM));
    assertEquals("", uids("bob", SPAM));
  }

  @ParameterizedTest
  @EnumSource
  void aFolderOfManyPagesGoesWhole(Kind kind) throws Exception {
    open(kind);
    manyPages();
    append("alice", SPAM);
    FolderRule rule = FolderRule.named(SPAM, DAY).since(FolderRule.Since.INTERNAL_DATE);
    assertEquals(2_500, rules().expire(rule).build().run().messages());
    assertEquals("2501", uids("alice", SPAM));
  }

  private void manyPages() throws StoreException {
    OffsetDateTime old = OffsetDateTime.parse("2020-01-01T00:00:00Z");
    try (Account open = store.open(Identity.owner("alice"));
        AppendGroup group = open.beginAppend(SPAM, Optional.empty())) {
      for (int i = 0; i < 2_500; i++) {
        IndexingAppend append =
            new IndexingAppend(group.next(AppendSpec.plain().withInternalDate(old)));
        append.write(ByteBuffer.wrap("A: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        append.end();
      }
      group.commit();
    }
  }

  /** The second page cannot be removed; of the first is told. */
  @ParameterizedTest
  @EnumSource
  void whatWasRemovedBeforeAFailureIsTold(Kind kind) throws Exception {
    open(kind);
    manyPages();
    StoreException away = new StoreException(StoreException.Code.UNAVAILABLE, "disk is away");
    int[] removals = {0};
    MailStore failing =
        wrapped(
            MailStore.class,
            store,
            "open",
            account ->
                wrapped(
                    Account.class,
                    (Account) account,
                    "open",
                    mailbox ->
                        wrapped(
                            Mailbox.class,
                            (Mailbox) mailbox,
                            "remove",
                            removed -> {
                              if (++removals[0] == 2) {
                                throw away;
                              }
                              return removed;
                            })));
    FolderRule rule = FolderRule.named(SPAM, DAY).since(FolderRule.Since.INTERNAL_DATE);
    Retention retention =
        Retention.of(failing).clock(clock).events(events::add).expire(rule).build();
    long told = retention.run().messages();
    assertTrue(told > 0 && told < 2_500, () -> "told " + told);
    assertEquals(
        List.of(
            new Failed("alice", Optional.of(SPAM), away),
            new MessagesExpired("alice", SPAM, told, false)),
        events);
  }

  private interface After {
    Object then(Object result) throws StoreException;
  }

  /** The same, but for what one method gives. */
  private static <T> T wrapped(Class<T> type, T whole, String name, After after) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object result = method.invoke(whole, arguments);
              return method.getName().equals(name) ? after.then(result) : result;
            });
    return type.cast(proxy);
  }

  @ParameterizedTest
  @EnumSource
  void anAccountThatIsAwayIsToldAndTheOthersAreLookedAfter(Kind kind) throws Exception {
    open(kind);
    append("alice", SPAM);
    append("bob", SPAM);
    clock.forward(DAY.multipliedBy(2));
    StoreException away = new StoreException(StoreException.Code.UNAVAILABLE, "disk is away");
    MailStore partly =
        (MailStore)
            Proxy.newProxyInstance(
                MailStore.class.getClassLoader(),
                new Class<?>[] {MailStore.class},
                (proxy, method, arguments) -> {
                  if (arguments != null
                      && arguments[0] instanceof Identity who
                      && who.account().equals("alice")) {
                    throw away;
                  }
                  return method.invoke(store, arguments);
                });
    Retention retention =
        Retention.of(partly)
            .clock(clock)
            .events(events::add)
            .expire(FolderRule.named(SPAM, DAY))
            .build();
    assertEquals(new Retention.Result(1, 0, 1), retention.run());
    assertEquals(new Failed("alice", Optional.empty(), away), events.get(0));
    assertEquals("1", uids("alice", SPAM));
    assertEquals("", uids("bob", SPAM));
  }

  @ParameterizedTest
  @EnumSource
  void mailIsRefusedAfterNinetyDaysAndTakenWhenTheOwnerIsBack(Kind kind) throws Exception {
    open(kind);
    IdleRefusal refusal =
        IdleRefusal.after(DAY.multipliedBy(90), store, clock)
            .except("bob"::equals)
            .events(events::add);
    LocalDelivery watching = delivery(refusal.dryRun());
    LocalDelivery refusing = delivery(refusal);
    assertEquals("250 2.0.0", rcpt(refusing, "alice"));
    clock.forward(DAY.multipliedBy(90));
    assertEquals("250 2.0.0", rcpt(refusing, "alice"));
    clock.forward(Duration.ofSeconds(1));

    assertEquals("250 2.0.0", rcpt(watching, "alice"));
    assertEquals("550 5.2.1", rcpt(refusing, "alice"));
    assertEquals("250 2.0.0", rcpt(refusing, "bob"), "exempt");
    assertEquals("550 5.1.1", rcpt(refusing, "nobody"));
    Instant made = Instant.parse("2026-01-01T00:00:00Z");
    assertEquals(
        List.of(
            new DeliveryRefused("alice", made, true), new DeliveryRefused("alice", made, false)),
        events);

    state().retrieved("alice", clock.instant());
    assertEquals("250 2.0.0", rcpt(refusing, "alice"));
  }

  private LocalDelivery delivery(IdleRefusal refusal) {
    return LocalDelivery.into(store, "mx.example")
        .domains(Set.of("example.org"))
        .accountPolicy(refusal)
        .clock(clock)
        .build();
  }

  private static String rcpt(LocalDelivery delivery, String user) throws StoreException {
    Verdict verdict =
        delivery.submit(
            ReversePath.NULL,
            new Address(user, "example.org"),
            "Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return verdict.code() + " " + verdict.enhanced();
  }

  @ParameterizedTest
  @EnumSource
  void anAccountThatNobodyUsesIsDeletedAfterHalfAYear(Kind kind) throws Exception {
    open(kind);
    append("alice", MailboxName.INBOX);
    Retention retention = rules().deleteIdle(DAY.multipliedBy(183)).build();
    clock.forward(DAY.multipliedBy(100));
    state().retrieved("bob", clock.instant());
    Instant made = Instant.parse("2026-01-01T00:00:00Z");
    clock.forward(DAY.multipliedBy(84));

    assertEquals(new Retention.Result(0, 1, 0), retention.dryRun());
    assertTrue(directory().exists("alice"));
    assertEquals(List.of(new AccountDeleted("alice", made, true)), events);

    events.clear();
    assertEquals(new Retention.Result(0, 1, 0), retention.run());
    assertEquals(List.of(new AccountDeleted("alice", made, false)), events);
    assertFalse(directory().exists("alice"));
    assertTrue(directory().exists("bob"));
    assertEquals(new Retention.Result(0, 0, 0), retention.run());
  }

  @ParameterizedTest
  @EnumSource
  void exemptAccountsAreKeptWithAllTheirMail(Kind kind) throws Exception {
    open(kind);
    append("alice", SPAM);
    append("bob", SPAM);
    clock.forward(DAY.multipliedBy(400));
    Retention retention =
        rules()
            .expire(FolderRule.named(SPAM, DAY))
            .deleteIdle(DAY.multipliedBy(183))
            .except("alice"::equals)
            .build();
    assertEquals(new Retention.Result(0, 1, 0), retention.run());
    assertEquals("1", uids("alice", SPAM));
    assertFalse(directory().exists("bob"));
  }

  @ParameterizedTest
  @EnumSource
  void aRuleWithoutTimeIsNoRule(Kind kind) throws Exception {
    open(kind);
    assertThrows(IllegalArgumentException.class, () -> FolderRule.named(SPAM, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> rules().deleteIdle(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> IdleRefusal.after(Duration.ZERO, store, clock));
  }
}
