package org.posthorn.delivery.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.RecipientResolver;
import org.posthorn.delivery.Resolution;
import org.posthorn.delivery.routing.RoutingTable.Route;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Follows the routes of a table, from alias to alias, and asks another resolver where they end.
 * What a route says comes first, then the other resolver, then the catch-all. {@code
 * user+detail@domain} has the routes of {@code user@domain} unless it has one of its own.
 * Thread-safe.
 */
public final class TableResolver implements RecipientResolver {
  /** Aliases of aliases that are followed. */
  public static final int DEPTH = 20;

  /** Places that one recipient may stand for. */
  public static final int TARGETS = 5_000;

  private static final Verdict LOOP = new Verdict(550, "5.4.6", "Routing loop: alias of itself");
  private static final Verdict TOO_MANY = new Verdict(550, "5.4.6", "Too many targets");

  private final Supplier<RoutingTable> tables;
  private final RecipientResolver mailboxes;

  /**
   * Follows a table that does not change.
   *
   * @param mailboxes knows which addresses have mailboxes, and which domains are ours
   */
  public TableResolver(RoutingTable table, RecipientResolver mailboxes) {
    this(() -> table, mailboxes);
  }

  /**
   * Follows a table that may change: each recipient is resolved with one of them.
   *
   * @param tables see {@link RoutingFile#reloading}; thread-safe
   * @param mailboxes knows which addresses have mailboxes, and which domains are ours
   */
  public TableResolver(Supplier<RoutingTable> tables, RecipientResolver mailboxes) {
    this.tables = tables;
    this.mailboxes = mailboxes;
  }

  @Override
  public Resolution resolve(SmtpPeer peer, Recipient recipient) throws StoreException {
    Walk walk = new Walk(tables.get(), peer, recipient);
    Resolution refusal = walk.follow(recipient.address(), Optional.empty(), 0);
    if (refusal != null) {
      return refusal;
    }
    walk.found.addAll(walk.unreachable);
    return walk.found.size() == 1 ? walk.found.get(0) : new Resolution.Several(walk.found);
  }

  private final class Walk {
    private final RoutingTable table;
    private final SmtpPeer peer;
    private final Recipient recipient;
    private final Deque<String> onTheWay = new ArrayDeque<>();
    private final Set<String> done = new HashSet<>();
    private final List<Resolution> found = new ArrayList<>();
    private final List<Resolution> unreachable = new ArrayList<>();

    Walk(RoutingTable table, SmtpPeer peer, Recipient recipient) {
      this.table = table;
      this.peer = peer;
      this.recipient = recipient;
    }

    /** Collects where an address leads to; gives a refusal, which holds for all, or null. */
    private Resolution.@Nullable Refused follow(
        Address address, Optional<ReversePath> sender, int depth) throws StoreException {
      String key = RoutingTable.key(address);
      if (key.equals(onTheWay.peek())) {
        return end(address, sender, depth); // "alias a: a, b": a's own mailbox
      }
      if (onTheWay.contains(key) || depth > DEPTH) {
        return new Resolution.Refused(LOOP);
      }
      if (!done.add(key)) {
        return null;
      }
      onTheWay.push(key);
      try {
        return follow(route(address), address, sender, depth);
      } finally {
        onTheWay.pop();
      }
    }

    private @Nullable Route route(Address address) {
      Route exact = table.route(address);
      int plus = address.localPart().indexOf('+', 1);
      return exact != null || plus < 0
          ? exact
          : table.route(new Address(address.localPart().substring(0, plus), address.domain()));
    }

    private Resolution.@Nullable Refused follow(
        @Nullable Route route, Address address, Optional<ReversePath> sender, int depth)
        throws StoreException {
      if (route instanceof Route.Refusal refusal) {
        return new Resolution.Refused(refusal.verdict());
      } else if (route instanceof Route.Alias alias) {
        return all(alias.targets(), sender, depth);
      } else if (route instanceof Route.MailingList list) {
        return all(list.members(), Optional.of(list.owner()), depth);
      } else if (route instanceof Route.Copy copy) {
        Resolution.Refused refused = end(address, sender, depth);
        return refused != null ? refused : all(copy.targets(), sender, depth);
      } else {
        return end(address, sender, depth);
      }
    }

    /** One unknown member makes no list useless; an alias is refused with any of its targets. */
    private Resolution.@Nullable Refused all(
        List<Address> targets, Optional<ReversePath> sender, int depth) throws StoreException {
      Resolution.Refused last = null;
      int before = found.size();
      for (Address target : targets) {
        Resolution.Refused refused = follow(target, sender, depth + 1);
        if (refused != null && sender.isEmpty()) {
          return refused;
        }
        if (refused != null) {
          last = refused;
          unreachable.add(new Resolution.Unreachable(target, sender.get(), refused.verdict()));
        }
      }
      return found.size() > before ? null : last;
    }

    /** No route leads on from here. */
    private Resolution.@Nullable Refused end(
        Address address, Optional<ReversePath> sender, int depth) throws StoreException {
      Resolution end = mailboxes.resolve(peer, new Recipient(address, recipient.parameters()));
      if (end instanceof Resolution.Refused refused) {
        List<Address> others = table.catchAll(address);
        boolean unknown = refused.verdict().enhanced().equals("5.1.1");
        return others != null && unknown ? all(others, sender, depth) : refused;
      }
      return found(end, address, sender);
    }

    private Resolution.@Nullable Refused found(
        Resolution end, Address address, Optional<ReversePath> sender) {
      if (found.size() >= TARGETS) {
        return new Resolution.Refused(TOO_MANY);
      }
      if (end instanceof Resolution.Several several) {
        for (Resolution part : several.parts()) {
          Resolution.Refused refused = found(part, address, sender);
          if (refused != null) {
            return refused;
          }
        }
      } else if (end instanceof Resolution.Local local && sender.isPresent()) {
        found.add(new Resolution.Local(local.account(), local.mailbox(), sender));
      } else if (end instanceof Resolution.Remote && !address.equals(recipient.address())) {
        found.add(new Resolution.Forward(address, sender));
      } else {
        found.add(end);
      }
      return null;
    }
  }
}
