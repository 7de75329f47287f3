package org.posthorn.store.memory.faulty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Account;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.Appended;
import org.posthorn.store.HintSink;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;

/** Faults of accounts, of the names of mailboxes, and of hints. */
final class NameFaults {
  private NameFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(accounts());
    faults.addAll(names());
    faults.addAll(hints());
    return faults;
  }

  private static List<Fault> accounts() {
    return List.of(
        Fault.of("nothing survives a restart").forgetting(),
        Fault.of("more facets are named than there are")
            .at("MailStore.facets", call -> Set.of(NameFaults.class)),
        Fault.of("all accounts are one")
            .at("MailStore.open", call -> call.with(0, Identity.owner("alice")).answer()),
        Fault.of("an unknown account is alice's")
            .neverRefusing(
                "MailStore.open", call -> call.with(0, Identity.owner("alice")).answer()),
        Fault.of("accounts are created each time anew")
            .at(
                "AccountDirectory.create",
                call -> {
                  call.answer();
                  return true;
                }),
        Fault.of("names of accounts are folded")
            .at("AccountDirectory.create", NameFaults::foldedName)
            .at("AccountDirectory.exists", NameFaults::foldedName),
        Fault.of("accounts are listed from the first on")
            .at("AccountDirectory.list", call -> call.with(0, "").answer()),
        Fault.of("accounts are not deleted").at("AccountDirectory.delete", call -> true));
  }

  private static @Nullable Object foldedName(Call call) throws StoreException {
    String name = call.argument(0, String.class);
    return call.with(0, name.toLowerCase(java.util.Locale.ROOT)).answer();
  }

  private static List<Fault> names() {
    return List.of(
        Fault.of("a mailbox is listed that is not there").at("Account.list", NameFaults::ghost),
        Fault.of("names are listed backwards")
            .bending("Account.list", List.class, NameFaults::backwards),
        Fault.of("nothing is listed below a name").at("Account.list", NameFaults::topOnly),
        Fault.of("all UIDVALIDITYs and identities are one")
            .bending("Account.list", List.class, NameFaults::sameValidity),
        Fault.of("special uses are dropped")
            .at("Account.create", call -> call.with(1, Set.of()).answer()),
        Fault.of("what is there is created again").neverRefusing("Account.create", call -> info()),
        Fault.of("nothing is deleted").at("Account.delete", call -> null),
        Fault.of("nothing is refused to be deleted").neverRefusing("Account.delete", call -> null),
        Fault.of("nothing is renamed").at("Account.rename", call -> null),
        Fault.of("no rename is refused").neverRefusing("Account.rename", call -> null),
        Fault.of("subscriptions follow a rename").at("Account.rename", NameFaults::subscribed),
        Fault.of("a rename leaves an empty mailbox").at("Account.rename", NameFaults::createdAnew),
        Fault.of("nothing is subscribed to").at("Account.subscribe", call -> null),
        Fault.of("subscriptions stay").at("Account.unsubscribe", call -> null),
        Fault.of("accounts do not tell what changed")
            .bending(
                "Account.changesSince",
                AccountChanges.class,
                c -> new AccountChanges(List.of(), c.nextSeq(), false, false)),
        Fault.of("counters are one more")
            .bending("Account.status", MailboxStatus.class, NameFaults::oneMore),
        Fault.of("counters are told that nobody asked for")
            .at("Account.status", call -> call.with(1, Set.of(StatusItem.values())).answer()));
  }

  @SuppressWarnings("unchecked")
  private static List<MailboxInfo> infos(Object answer) {
    return new ArrayList<>((List<MailboxInfo>) answer);
  }

  private static MailboxInfo info() {
    return new MailboxInfo(
        MailboxName.of("zz ghost"), null, 1, MailboxInfo.State.SELECTABLE, false, false, Set.of());
  }

  private static Object ghost(Call call) throws StoreException {
    List<MailboxInfo> list = infos(Objects.requireNonNull(call.answer()));
    list.add(info());
    return list;
  }

  private static Object backwards(List<?> answer) {
    List<MailboxInfo> list = infos(answer);
    Collections.reverse(list);
    return list;
  }

  private static Object topOnly(Call call) throws StoreException {
    return call.argument(0, ListQuery.class).prefix().isEmpty()
        ? Objects.requireNonNull(call.answer())
        : List.of();
  }

  private static Object sameValidity(List<?> answer) {
    List<MailboxInfo> list = new ArrayList<>();
    for (MailboxInfo i : infos(answer)) {
      list.add(
          new MailboxInfo(
              i.name(),
              i.id() == null ? null : new MailboxId("F1"),
              1,
              i.state(),
              i.subscribed(),
              i.hasChildren(),
              i.specialUse()));
    }
    return list;
  }

  private static @Nullable Object subscribed(Call call) throws StoreException {
    call.answer();
    Account account = call.target(Account.class);
    account.unsubscribe(call.argument(0, MailboxName.class));
    account.subscribe(call.argument(1, MailboxName.class));
    return null;
  }

  private static @Nullable Object createdAnew(Call call) throws StoreException {
    Account account = call.target(Account.class);
    account.delete(call.argument(0, MailboxName.class));
    account.create(call.argument(1, MailboxName.class), Set.of());
    return null;
  }

  private static Object oneMore(MailboxStatus status) {
    Map<StatusItem, Long> values = new EnumMap<>(StatusItem.class);
    status.values().forEach((item, value) -> values.put(item, value + 1));
    return new MailboxStatus(status.mailbox(), values);
  }

  private static List<Fault> hints() {
    return List.of(
        Fault.of("there are no hints")
            .at("Account.watch", call -> call.with(1, (HintSink) which -> {}).answer()),
        Fault.of("hints tell of all mailboxes")
            .at("Account.watch", call -> call.with(0, new WatchSpec.Subtree(List.of())).answer()),
        Fault.of("who closed a watch hears on").at("Account.watch", NameFaults::forEver),
        Fault.of("the hint comes before the commit")
            .at("Account.watch", NameFaults::known)
            .at("AppendGroup.commit", NameFaults::early));
  }

  private static Object forEver(Call call) throws StoreException {
    call.answer();
    return (AutoCloseable) () -> {};
  }

  private record Watch(HintSink sink, MailboxId id) {}

  @SuppressWarnings("unchecked")
  private static Object known(Call call) throws StoreException {
    if (call.argument(0, WatchSpec.class) instanceof WatchSpec.Mailboxes watched) {
      HintSink sink = call.argument(1, HintSink.class);
      Collection<Watch> watches =
          (Collection<Watch>)
              call.memory().computeIfAbsent("watches", k -> new CopyOnWriteArrayList<Watch>());
      watched.ids().forEach(id -> watches.add(new Watch(sink, id)));
    }
    return Objects.requireNonNull(call.answer());
  }

  @SuppressWarnings("unchecked")
  private static Object early(Call call) throws StoreException {
    Optional.ofNullable((Collection<Watch>) call.memory().get("watches"))
        .ifPresent(watches -> watches.forEach(watch -> watch.sink().hint(watch.id())));
    long later = System.nanoTime() + 200_000_000;
    while (System.nanoTime() < later) {
      Thread.onSpinWait();
    }
    return call.answer(Appended.class);
  }
}
