package org.posthorn.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.EntryName;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Metadata;
import org.posthorn.store.PageLimit;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;

/** Puts mail into stores and tells all that is in them. */
final class Mail {
  private static final ListQuery SUBSCRIBED = new ListQuery(List.of(), Integer.MAX_VALUE, true);

  private Mail() {}

  static Account open(MailStore store, String account) throws StoreException {
    return store.open(new Identity(account, account, Role.OWNER));
  }

  static void append(Account account, MailboxName to, Flags flags, String message)
      throws StoreException {
    try (AppendGroup group = account.beginAppend(to, Optional.empty())) {
      IndexingAppend append =
          new IndexingAppend(
              group.next(
                  AppendSpec.plain()
                      .withFlags(flags)
                      .withInternalDate(OffsetDateTime.parse("2026-03-04T05:06:07+01:00"))));
      append.write(ByteBuffer.wrap(message.getBytes(StandardCharsets.ISO_8859_1)));
      append.end();
      group.commit();
    }
  }

  /** Everything of an account that a backup keeps, as lines. */
  static List<String> of(MailStore store, String name) throws StoreException {
    List<String> lines = new ArrayList<>();
    try (Account account = store.open(new Identity(name, name, Role.ADMIN))) {
      for (MailboxInfo info : account.list(ListQuery.ALL)) {
        lines.add(
            info.name() + " " + info.state() + " " + info.subscribed() + " " + info.specialUse());
        if (info.selectable()) {
          mailbox(account, info.name(), lines);
          boolean own =
              account.namespaces().otherUsers().stream()
                  .noneMatch(others -> info.name().path().startsWith(others.prefix()));
          annotations(store, name, info.name(), own, lines);
        }
      }
      Identity admin = new Identity(name, name, Role.ADMIN);
      entries(store.facet(Metadata.class).orElseThrow().get(admin, Optional.empty()), lines);
      lines.add(
          store
              .facet(Quotas.class)
              .orElseThrow()
              .root(admin, QuotaRoot.ofAccount(name))
              .toString());
      for (MailboxInfo info : account.list(SUBSCRIBED)) {
        lines.add("subscribed " + info.name());
      }
    }
    return lines;
  }

  private static void annotations(
      MailStore store, String account, MailboxName mailbox, boolean own, List<String> lines)
      throws StoreException {
    Identity admin = new Identity(account, account, Role.ADMIN);
    if (own) {
      lines.add("rights " + store.facet(Acl.class).orElseThrow().entries(admin, mailbox));
    }
    entries(store.facet(Metadata.class).orElseThrow().get(admin, Optional.of(mailbox)), lines);
  }

  private static void entries(Map<EntryName, byte[]> entries, List<String> lines) {
    entries.forEach(
        (entry, value) -> lines.add(entry + " " + new String(value, StandardCharsets.UTF_8)));
  }

  private static void mailbox(Account account, MailboxName name, List<String> lines)
      throws StoreException {
    try (Mailbox mailbox = account.open(name, Access.READ)) {
      Snapshot cut = mailbox.snapshot();
      lines.add(
          String.join(
              " ",
              cut.info().id().value(),
              "" + cut.info().uidValidity(),
              "" + cut.uidNext(),
              "" + cut.highestModSeq()));
      for (Row row : mailbox.list(cut.uids(), PageLimit.DEFAULT, StoreSource.ITEMS).rows()) {
        lines.add(row + " " + octets(mailbox, row.uid()));
      }
    }
  }

  /** Only what every format keeps: the octets. */
  static List<String> messages(MailStore store, String name, MailboxName of) throws StoreException {
    List<String> messages = new ArrayList<>();
    try (Account account = open(store, name);
        Mailbox mailbox = account.open(of, Access.READ)) {
      for (Row row :
          mailbox.list(mailbox.snapshot().uids(), PageLimit.DEFAULT, StoreSource.ITEMS).rows()) {
        messages.add(row.flags() + " " + octets(mailbox, row.uid()));
      }
    }
    return messages;
  }

  private static String octets(Mailbox mailbox, long uid) throws StoreException {
    try (MessageContent content = mailbox.content(uid)) {
      ByteBuffer octets = ByteBuffer.allocate((int) content.size());
      while (octets.hasRemaining() && content.read(octets.position(), octets) >= 0) {}
      return new String(octets.array(), StandardCharsets.ISO_8859_1);
    }
  }
}
