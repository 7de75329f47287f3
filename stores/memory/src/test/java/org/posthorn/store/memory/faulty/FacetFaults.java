package org.posthorn.store.memory.faulty;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.AccountState;
import org.posthorn.store.Acl;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Faults of facets. */
final class FacetFaults {
  private FacetFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("rights are not set").at("Acl.set", call -> null),
        Fault.of("rights replace those before")
            .at("Acl.set", call -> call.with(3, Acl.Mode.REPLACE).answer()),
        Fault.of("nobody is refused to set rights").neverRefusing("Acl.set", call -> null),
        Fault.of("everybody has all rights").at("Acl.mine", call -> Rights.ALL),
        Fault.of("nobody has any rights").at("Acl.mine", call -> Rights.NONE),
        Fault.of("lists of rights are for all to see")
            .neverRefusing("Acl.entries", call -> new TreeMap<String, Rights>()),
        Fault.of("lists of rights are empty")
            .at("Acl.entries", call -> new TreeMap<String, Rights>()),
        Fault.of("lists of rights only grow").at("Acl.entries", FacetFaults::everSeen),
        Fault.of("annotations are not kept").at("Metadata.set", call -> null),
        Fault.of("no annotation is refused")
            .neverRefusing("Metadata.set", call -> null)
            .neverRefusing("Metadata.get", call -> new TreeMap<>()),
        Fault.of("annotations stay for ever").at("Metadata.get", FacetFaults::everSeen),
        Fault.of("limits of quotas are not kept").at("Quotas.setLimits", FacetFaults::unlimited),
        Fault.of("nothing is used of a quota")
            .bending(
                "Quotas.root",
                QuotaRoot.class,
                r -> new QuotaRoot(r.name(), QuotaUse.NONE, r.limits())),
        Fault.of("roots are everybody's")
            .neverRefusing(
                "Quotas.root",
                call ->
                    new QuotaRoot(
                        call.argument(1, String.class), QuotaUse.NONE, QuotaLimits.UNLIMITED)),
        Fault.of("there is always room").at("Quotas.check", call -> null),
        Fault.of("keys are fixed").at("UrlKeys.find", call -> Optional.of(new byte[32])),
        Fault.of("keys are not reset")
            .at("UrlKeys.reset", call -> null)
            .at("UrlKeys.resetAll", call -> null),
        Fault.of("all accounts are of the first day")
            .at("AccountState.life", call -> new AccountState.Life(Instant.EPOCH, Instant.EPOCH)),
        Fault.of("nobody is found who does nothing")
            .at("AccountState.idleSince", call -> List.of()),
        Fault.of("the index finds nothing").at("SearchIndex.candidates", call -> UidSet.EMPTY),
        Fault.of("the index gives UIDs of no message")
            .at("SearchIndex.candidates", call -> UidSet.range(1, 10)));
  }

  /** The union of all answers to these arguments. */
  @SuppressWarnings("unchecked")
  private static Object everSeen(Call call) throws StoreException {
    Map<Object, Object> answer = (Map<Object, Object>) Objects.requireNonNull(call.answer());
    TreeMap<Object, Object> seen =
        (TreeMap<Object, Object>)
            call.memory()
                .computeIfAbsent(
                    "seen " + call.argument(0, Object.class) + call.argument(1, Object.class),
                    k -> new TreeMap<>());
    answer.forEach(seen::put);
    return new TreeMap<>(seen);
  }

  private static @Nullable Object unlimited(Call call) throws StoreException {
    return call.target(Quotas.class)
        .root(call.argument(0, org.posthorn.store.Identity.class), call.argument(1, String.class));
  }
}
