package org.posthorn.store.support;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.MessageIds;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.store.ObjectIds;

/**
 * What ties a message to its thread: short keys of its own Message-ID, of those in In-Reply-To, and
 * of those in References, the latest first. Two messages with a key in common belong together.
 */
public final class ThreadKeys {
  /** Octets of a digest that make a key. */
  private static final int OCTETS = 15;

  private ThreadKeys() {}

  /** At most {@link ObjectIds#MAX_REFERENCES} keys, each once. */
  public static List<String> of(MessageIndex index) {
    Set<Octets> ids = new LinkedHashSet<>();
    Envelope envelope = index.root().envelope();
    if (envelope != null) {
      ids.addAll(messageIds(envelope.messageId()));
      ids.addAll(messageIds(envelope.inReplyTo()));
    }
    List<Octets> references = new ArrayList<>(messageIds(index.root().references()));
    Collections.reverse(references);
    ids.addAll(references);
    List<String> keys = new ArrayList<>();
    for (Octets id : ids) {
      if (keys.size() == ObjectIds.MAX_REFERENCES) {
        break;
      }
      keys.add(key(id));
    }
    return keys;
  }

  private static List<Octets> messageIds(@Nullable Octets field) {
    return field == null ? List.of() : MessageIds.parse(field);
  }

  private static String key(Octets id) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.toByteArray());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, OCTETS));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
