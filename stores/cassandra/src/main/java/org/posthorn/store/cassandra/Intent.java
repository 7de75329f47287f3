package org.posthorn.store.cassandra;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.posthorn.store.FlagChange;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * What was decided of a mailbox and takes more than one batch. Whoever comes next finishes it
 * first, so that nobody sees it half done.
 */
sealed interface Intent {
  /** What is still to be done. */
  UidSet uids();

  /** These messages get new flags, with a MODSEQ that was given already. */
  record Store(long modSeq, FlagChange change, UidSet uids) implements Intent {}

  /** These messages vanish, at a MODSEQ that was given already. */
  record Remove(long modSeq, UidSet uids) implements Intent {}

  /**
   * Messages below a UID go into the next section.
   *
   * @param modSeq of the mailbox when this was decided
   */
  record Split(long modSeq, long below) implements Intent {
    @Override
    public UidSet uids() {
      return UidSet.EMPTY;
    }
  }

  /**
   * These messages go to another mailbox, or are replaced by one there.
   *
   * @param number names the move in the destination, where it arrives once
   * @param staged what arrives; the messages themselves where null
   * @param count messages staged
   */
  record Move(
      long number, String destination, UidSet uids, Optional<UUID> staged, int count, long saved)
      implements Intent {}

  /** Text lines, then the UIDs. */
  static ByteBuffer encode(Intent intent) throws StoreException {
    String head;
    if (intent instanceof Store store) {
      head =
          "store\n"
              + store.modSeq
              + "\n"
              + store.change.mode()
              + "\n"
              + store.change.flags().systemBits()
              + "\n"
              + String.join(" ", store.change.flags().keywords());
    } else if (intent instanceof Move move) {
      head =
          "move\n"
              + move.number
              + "\n"
              + move.destination
              + "\n"
              + move.staged.map(UUID::toString).orElse("")
              + "\n"
              + move.count
              + "\n"
              + move.saved;
    } else if (intent instanceof Split split) {
      head = "split\n" + split.modSeq + "\n" + split.below;
    } else {
      head = "remove\n" + ((Remove) intent).modSeq;
    }
    byte[] text = head.getBytes(StandardCharsets.UTF_8);
    ByteBuffer uids = UidOctets.encode(intent.uids());
    return ByteBuffer.allocate(4 + text.length + uids.remaining())
        .putInt(text.length)
        .put(text)
        .put(uids)
        .flip();
  }

  static Intent decode(ByteBuffer stored) {
    ByteBuffer in = stored.duplicate();
    byte[] text = new byte[in.getInt()];
    in.get(text);
    UidSet uids = UidOctets.decode(in);
    String[] line = new String(text, StandardCharsets.UTF_8).split("\n", -1);
    return switch (line[0]) {
      case "store" ->
          new Store(
              Long.parseLong(line[1]),
              new FlagChange(
                  FlagChange.Mode.valueOf(line[2]),
                  Words.flags(Integer.parseInt(line[3]), line[4])),
              uids);
      case "move" ->
          new Move(
              Long.parseLong(line[1]),
              line[2],
              uids,
              line[3].isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(line[3])),
              Integer.parseInt(line[4]),
              Long.parseLong(line[5]));
      case "remove" -> new Remove(Long.parseLong(line[1]), uids);
      case "split" -> new Split(Long.parseLong(line[1]), Long.parseLong(line[2]));
      default -> throw new IllegalStateException("intent " + line[0]);
    };
  }
}
