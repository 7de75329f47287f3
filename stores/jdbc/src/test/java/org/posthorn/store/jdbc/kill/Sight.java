package org.posthorn.store.jdbc.kill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.Rights;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.kill.Contents.Message;
import org.posthorn.store.support.Sharing;

/** All that is in a store. */
final class Sight {
  private final Map<String, Snapshot> mailboxes = new TreeMap<>();
  private final List<List<Message>> messages = new ArrayList<>();
  private final List<Map<String, String>> facts = new ArrayList<>();

  private Sight() {
    for (int worker = 0; worker < StormProcess.WORKERS; worker++) {
      messages.add(new ArrayList<>());
      facts.add(new TreeMap<>());
    }
  }

  /** Nobody changes it meanwhile. */
  static Sight of(MailStore store) throws StoreException {
    Sight sight = new Sight();
    for (String owner : StormProcess.ACCOUNTS) {
      Identity who = Identity.owner(owner);
      try (Account account = store.open(who)) {
        for (MailboxInfo info : account.list(ListQuery.ALL)) {
          if (info.selectable() && !info.name().segments().get(0).equals(Sharing.OTHERS)) {
            sight.look(store, account, info);
          }
        }
      }
    }
    return sight;
  }

  /** What is in each mailbox, by its path. */
  Map<String, Snapshot> mailboxes() {
    return mailboxes;
  }

  Contents of(int worker) {
    return new Contents(messages.get(worker), facts.get(worker));
  }

  private void look(MailStore store, Account account, MailboxInfo info) throws StoreException {
    Identity who = account.identity();
    String path = StormPlace.path(who.account(), info.name());
    try (Mailbox mailbox = account.open(info.name(), Access.READ)) {
      mailboxes.put(path, mailbox.snapshot());
      for (Found found : Found.in(mailbox)) {
        messages
            .get(StormMessage.worker(found.tag()))
            .add(new Message(path, found.uid(), found.tag(), found.keyword()));
      }
    }
    SortedMap<EntryName, byte[]> notes =
        store.facet(Metadata.class).orElseThrow().get(who, Optional.of(info.name()));
    SortedMap<String, Rights> rights =
        store.facet(Acl.class).orElseThrow().entries(who, info.name());
    for (int worker = 0; worker < StormProcess.WORKERS; worker++) {
      Map<String, String> own = facts.get(worker);
      if (isOf(info.name(), worker)) {
        own.put(Contents.box(path), Long.toString(info.uidValidity()));
      }
      byte[] note = notes.get(StormProcess.note(worker));
      if (note != null) {
        own.put("note " + path, new String(note, US_ASCII));
      }
      Rights given = rights.get(StormProcess.guest(worker));
      if (given != null) {
        own.put("share " + path, given.letters());
      }
    }
  }

  private static boolean isOf(MailboxName name, int worker) {
    return StormPlace.boxes(worker).contains(name);
  }
}
