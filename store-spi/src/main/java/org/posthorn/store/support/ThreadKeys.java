package org.posthorn.store.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
    Set<String> ids = new LinkedHashSet<>();
    Envelope envelope = index.root().envelope();
    if (envelope != null) {
      ids.addAll(messageIds(envelope.messageId()));
      ids.addAll(messageIds(envelope.inReplyTo()));
    }
    List<String> references = messageIds(index.root().references());
    Collections.reverse(references);
    ids.addAll(references);
    List<String> keys = new ArrayList<>();
    for (String id : ids) {
      if (keys.size() == ObjectIds.MAX_REFERENCES) {
        break;
      }
      keys.add(key(id));
    }
    return keys;
  }

  /** What stands in angle brackets; blanks in there come from folding. */
  private static List<String> messageIds(@Nullable Octets field) {
    List<String> ids = new ArrayList<>();
    if (field != null) {
      String text = field.asString(ISO_8859_1);
      for (int start = text.indexOf('<'); start >= 0; start = text.indexOf('<', start)) {
        int end = text.indexOf('>', start);
        if (end < 0) {
          break;
        }
        String id = text.substring(start + 1, end).strip();
        if (!id.isEmpty()) {
          ids.add(id);
        }
        start = end;
      }
    }
    return ids;
  }

  private static String key(String id) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(ISO_8859_1));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, OCTETS));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
