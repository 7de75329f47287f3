package org.posthorn.store.jdbc.kill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.posthorn.store.Acl;
import org.posthorn.store.Appended;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Expunged;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.jdbc.kill.Contents.Message;

/**
 * One thread of the storm. All work in the same mailboxes, each on messages of its own, and in some
 * that are its own: so the journal of each tells exactly what must be there.
 */
final class StormWorker {
  private static final int ENOUGH = 16;
  private static final List<String> SHARES = List.of("lr", "lrs", "lrswi");

  private final MailStore store;
  private final StormHandles handles;
  private final Journal journal;
  private final int worker;
  private final int generation;
  private final Random random;
  private final Map<StormPlace, UidSet> mine = new HashMap<>();
  private final List<StormPlace> boxes = new ArrayList<>();
  private int number;

  /**
   * Goes on where it was before the kill.
   *
   * @param before what it has
   */
  StormWorker(MailStore store, Journal journal, int worker, int generation, Contents before)
      throws StoreException {
    this.store = store;
    this.handles = new StormHandles(store);
    this.journal = journal;
    this.worker = worker;
    this.generation = generation;
    this.random = new Random(31L * generation + worker);
    for (String owner : StormProcess.ACCOUNTS) {
      StormProcess.MAILBOXES.forEach(name -> find(new StormPlace(owner, name), before));
      for (MailboxName name : StormPlace.boxes(worker)) {
        StormPlace box = new StormPlace(owner, name);
        if (before.facts().containsKey(Contents.box(box.path()))) {
          boxes.add(box);
          find(box, before);
        }
      }
    }
  }

  private void find(StormPlace place, Contents before) {
    UidSet.Builder uids = UidSet.builder();
    for (Message message : before.messages()) {
      if (message.mailbox().equals(place.path())) {
        uids.add(message.uid());
      }
    }
    mine.put(place, uids.build());
  }

  void run() throws StoreException, IOException {
    while (true) {
      step();
    }
  }

  void step() throws StoreException {
    StormPlace from = any();
    UidSet some = some(from);
    int dice = random.nextInt(24);
    if (dice < 4) {
      name(dice);
    } else if (dice == 4) {
      annotate(from);
    } else if (dice == 5) {
      share(from);
    } else if (some.isEmpty() || dice < 10) {
      append(from);
    } else if (dice < 13) {
      flag(from, some);
    } else if (mine(from).size() > ENOUGH || dice < 15) {
      remove(from, some);
    } else if (dice < 17) {
      replace(from, some.first(), anyOf(from.owner()));
    } else if (dice < 19) {
      copy(from, some, target(from));
    } else {
      move(from, some, target(from));
    }
  }

  /** Of either account, often one of this worker's own. */
  private StormPlace any() {
    if (!boxes.isEmpty() && random.nextInt(4) == 0) {
      return boxes.get(random.nextInt(boxes.size()));
    }
    String owner = StormProcess.ACCOUNTS.get(random.nextInt(StormProcess.ACCOUNTS.size()));
    return new StormPlace(
        owner, StormProcess.MAILBOXES.get(random.nextInt(StormProcess.MAILBOXES.size())));
  }

  private StormPlace anyOf(String owner) {
    StormPlace place = any();
    while (!place.owner().equals(owner)) {
      place = any();
    }
    return place;
  }

  /** Nobody else has a right on a mailbox that is a worker's own. */
  private StormPlace target(StormPlace from) {
    StormPlace place = any();
    return boxes.contains(place) ? anyOf(from.owner()) : place;
  }

  private UidSet mine(StormPlace place) {
    return mine.getOrDefault(place, UidSet.EMPTY);
  }

  private UidSet some(StormPlace place) {
    UidSet.Builder some = UidSet.builder();
    int share = 2 + random.nextInt(4);
    mine(place)
        .forEachUid(
            uid -> {
              if (random.nextInt(share) == 0) {
                some.add(uid);
              }
            });
    return some.build();
  }

  private String tag() {
    return StormMessage.tag(worker, generation, number++);
  }

  private void append(StormPlace to) throws StoreException {
    List<String> tags = new ArrayList<>(List.of(tag()));
    if (random.nextInt(4) == 0) {
      tags.addAll(List.of(tag(), tag()));
    }
    journal.write("append " + to.path() + " " + String.join(",", tags));
    Appended appended = handles.append(to, tags, Optional.empty());
    add(to, appended.uids());
    done(appended.uids(), 0, appended.modSeq(), 0);
  }

  private void replace(StormPlace from, long uid, StormPlace to) throws StoreException {
    String tag = tag();
    journal.write("replace " + from.path() + " " + uid + " " + to.path() + " " + tag);
    Appended appended = handles.append(to, List.of(tag), Optional.of(handles.replaced(from, uid)));
    take(from, UidSet.of(uid));
    add(to, appended.uids());
    done(appended.uids(), 0, 0, appended.modSeq());
  }

  private void flag(StormPlace in, UidSet uids) throws StoreException {
    String keyword = "k" + random.nextInt(20);
    journal.write("flag " + in.path() + " " + uids + " " + keyword);
    FlagsResult result =
        handles
            .mailbox(in)
            .storeFlags(
                uids, FlagChange.replace(Flags.NONE.withKeyword(keyword)), OptionalLong.empty());
    done(uids, 0, result.modSeq(), 0);
  }

  private void copy(StormPlace from, UidSet uids, StormPlace to) throws StoreException {
    journal.write("copy " + from.path() + " " + uids + " " + to.path());
    CopyResult result = handles.mailbox(from).copy(uids, to.seenBy(from.owner()));
    add(to, result.copies());
    done(result.copies(), 0, 0, handles.modSeq(to, result.copies()));
  }

  private void move(StormPlace from, UidSet uids, StormPlace to) throws StoreException {
    journal.write("move " + from.path() + " " + uids + " " + to.path());
    CopyResult result = handles.mailbox(from).move(uids, to.seenBy(from.owner()));
    take(from, uids);
    add(to, result.copies());
    done(result.copies(), 0, result.sourceModSeq(), handles.modSeq(to, result.copies()));
  }

  private void remove(StormPlace from, UidSet uids) throws StoreException {
    journal.write("remove " + from.path() + " " + uids);
    Expunged result = handles.mailbox(from).remove(uids);
    take(from, uids);
    done(UidSet.EMPTY, 0, result.modSeq(), 0);
  }

  /** Makes a mailbox, or deletes or renames the one that is there. */
  private void name(int dice) throws StoreException {
    String owner = StormProcess.ACCOUNTS.get(random.nextInt(StormProcess.ACCOUNTS.size()));
    List<StormPlace> there = boxes.stream().filter(box -> box.owner().equals(owner)).toList();
    List<StormPlace> free =
        StormPlace.boxes(worker).stream()
            .map(name -> new StormPlace(owner, name))
            .filter(box -> !there.contains(box))
            .toList();
    if (there.isEmpty() || (dice == 0 && !free.isEmpty())) {
      make(free.get(0));
    } else if (dice == 1 || free.isEmpty()) {
      drop(there.get(random.nextInt(there.size())));
    } else {
      rename(there.get(0), free.get(0));
    }
  }

  private void make(StormPlace box) throws StoreException {
    journal.write("make " + box.path());
    MailboxInfo info = handles.account(box.owner()).create(box.name(), Set.of());
    boxes.add(box);
    done(UidSet.EMPTY, info.uidValidity(), 0, 0);
  }

  private void drop(StormPlace box) throws StoreException {
    journal.write("drop " + box.path());
    handles.account(box.owner()).delete(box.name());
    forget(box);
    done(UidSet.EMPTY, 0, 0, 0);
  }

  private void rename(StormPlace box, StormPlace to) throws StoreException {
    journal.write("rename " + box.path() + " " + to.path());
    handles.account(box.owner()).rename(box.name(), to.name());
    UidSet messages = mine(box);
    forget(box);
    boxes.add(to);
    add(to, messages);
    done(UidSet.EMPTY, 0, 0, 0);
  }

  private void forget(StormPlace box) throws StoreException {
    boxes.remove(box);
    mine.remove(box);
    handles.forget(box);
  }

  private void annotate(StormPlace place) throws StoreException {
    String value = "v" + generation + "-" + number++;
    journal.write("note " + place.path() + " " + value);
    store
        .facet(Metadata.class)
        .orElseThrow()
        .set(
            Identity.owner(place.owner()),
            Optional.of(place.name()),
            Map.of(StormProcess.note(worker), Optional.of(value.getBytes(US_ASCII))));
    done(UidSet.EMPTY, 0, 0, 0);
  }

  private void share(StormPlace place) throws StoreException {
    Rights rights = Rights.parse(SHARES.get(random.nextInt(SHARES.size())));
    journal.write("share " + place.path() + " " + rights.letters());
    store
        .facet(Acl.class)
        .orElseThrow()
        .set(
            Identity.owner(place.owner()),
            place.name(),
            StormProcess.guest(worker),
            Acl.Mode.REPLACE,
            rights);
    done(UidSet.EMPTY, 0, 0, 0);
  }

  private void done(UidSet uids, long uidValidity, long modSeqOfFrom, long modSeqOfTo) {
    journal.write(
        "done "
            + (uids.isEmpty() ? "-" : uids.toString())
            + " "
            + uidValidity
            + " "
            + modSeqOfFrom
            + " "
            + modSeqOfTo);
  }

  private void add(StormPlace to, UidSet uids) {
    mine.put(to, mine(to).union(uids));
  }

  private void take(StormPlace from, UidSet uids) {
    mine.put(from, mine(from).minus(uids));
  }
}
