package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** STORE: in one batch, or as an intent where too many messages change. */
final class FlagUpdate {
  private FlagUpdate() {}

  static FlagsResult run(
      Draft draft,
      UidSet uids,
      FlagChange change,
      OptionalLong unchangedSince,
      AccountMail.Parts parts)
      throws StoreException {
    UidSet.Builder there = UidSet.builder();
    UidSet.Builder refused = UidSet.builder();
    List<Message> changing = new ArrayList<>();
    List<Message> wanted = new ArrayList<>();
    for (Message message : draft.read(uids)) {
      there.add(message.uid());
      Flags after = change.apply(message.flags());
      if (unchangedSince.isPresent() && message.modSeq() > unchangedSince.getAsLong()) {
        refused.add(message.uid());
      } else if (!after.equals(message.flags())) {
        changing.add(message);
        wanted.add(message.with(after, message.modSeq()));
      }
    }
    UidSet changed = Messages.uids(changing);
    if (!changing.isEmpty()) {
      if (change.mode() != FlagChange.Mode.REMOVE) {
        draft.box.remember(change.flags(), parts.settings().keywords());
      }
      long modSeq = draft.modSeq();
      draft.changed(changed);
      boolean now =
          draft.box.fitIntoOneBatch(changed) && MessageRows.end(wanted, 0) == wanted.size();
      for (int i = 0; i < changing.size(); i++) {
        draft.count(changing.get(i), wanted.get(i).flags());
        if (now) {
          draft.flag(changing.get(i), wanted.get(i).flags(), modSeq);
        }
      }
      if (!now) {
        draft.box.intent = new Intent.Store(modSeq, change, changed);
      }
    }
    return new FlagsResult(changed, refused.build(), uids.minus(there.build()), draft.box.modSeq);
  }
}
