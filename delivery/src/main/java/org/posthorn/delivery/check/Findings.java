package org.posthorn.delivery.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;

/**
 * What a check wants done with a message. The first of refusal, discarding and quarantine that is
 * set counts; the rest is done to what is delivered or quarantined.
 *
 * @param refusal said to the client; null to take the message
 * @param discarded whether the client is told that all is well and nothing is delivered
 * @param quarantine why nobody is to get it for now; null when they are
 * @param edits of the header, in order
 * @param body instead of what is there; null to keep that; belongs to whoever gets the findings
 * @param sender instead of the envelope's; null to keep that
 * @param added recipients
 * @param removed recipients
 */
public record Findings(
    @Nullable Verdict refusal,
    boolean discarded,
    @Nullable String quarantine,
    List<HeaderEdit> edits,
    @Nullable Spool body,
    @Nullable ReversePath sender,
    List<Recipient> added,
    List<Address> removed) {
  /** Deliver it as it is. */
  public static final Findings NOTHING = new Builder().build();

  public Findings {
    edits = List.copyOf(edits);
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  public static Findings refused(Verdict verdict) {
    return new Builder().refuse(verdict).build();
  }

  boolean changesContent() {
    return body != null || !edits.isEmpty();
  }

  boolean changesEnvelope() {
    return sender != null || !added.isEmpty() || !removed.isEmpty();
  }

  /** Collects findings. Not thread-safe. */
  public static final class Builder {
    private @Nullable Verdict refusal;
    private boolean discarded;
    private @Nullable String quarantine;
    private final List<HeaderEdit> edits = new ArrayList<>();
    private @Nullable Spool body;
    private @Nullable ReversePath sender;
    private final List<Recipient> added = new ArrayList<>();
    private final List<Address> removed = new ArrayList<>();

    /**
     * Refuses it.
     *
     * @param verdict not a positive one
     */
    public Builder refuse(Verdict verdict) {
      if (verdict.accepted()) {
        throw new IllegalArgumentException("a positive verdict is no refusal");
      }
      refusal = verdict;
      return this;
    }

    public Builder discard() {
      discarded = true;
      return this;
    }

    public Builder quarantine(String reason) {
      quarantine = reason;
      return this;
    }

    public Builder edit(HeaderEdit edit) {
      edits.add(edit);
      return this;
    }

    public Builder body(Spool content) {
      body = content;
      return this;
    }

    public Builder sender(ReversePath path) {
      sender = path;
      return this;
    }

    public Builder addRecipient(Address address) {
      return addRecipient(Recipient.of(address));
    }

    /** The same, with parameters such as NOTIFY. */
    public Builder addRecipient(Recipient recipient) {
      added.add(recipient);
      return this;
    }

    public Builder removeRecipient(Address address) {
      removed.add(address);
      return this;
    }

    public Findings build() {
      return new Findings(refusal, discarded, quarantine, edits, body, sender, added, removed);
    }
  }
}
