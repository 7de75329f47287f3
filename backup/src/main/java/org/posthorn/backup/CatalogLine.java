package org.posthorn.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.EntryName;
import org.posthorn.store.Flags;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.Rights;
import org.posthorn.store.Row;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.SystemFlag;

/**
 * One line of a catalog: a JSON object whose members are texts, numbers, lists and maps of text.
 */
final class CatalogLine {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final Map<String, Map<String, String>> maps = new HashMap<>();

  /**
   * Parses a line.
   *
   * @throws IOException when it is no such object
   */
  CatalogLine(@Nullable String text) throws IOException {
    if (text == null) {
      throw new IOException("the catalog ends too early");
    }
    try (JsonParser in = JSON.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object: " + text);
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken token = in.nextToken();
        if (token == JsonToken.START_ARRAY) {
          lists.put(name, list(in));
        } else if (token == JsonToken.START_OBJECT) {
          maps.put(name, map(in));
        } else {
          values.put(name, in.getText());
        }
      }
    }
  }

  private static List<String> list(JsonParser in) throws IOException {
    List<String> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(in.getText());
    }
    return list;
  }

  private static Map<String, String> map(JsonParser in) throws IOException {
    Map<String, String> map = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      map.put(name, in.getText());
    }
    return map;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) throws IOException {
    String value = values.get(name);
    if (value == null) {
      throw new IOException("the catalog lacks " + name);
    }
    return value;
  }

  long number(String name) throws IOException {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      throw new IOException("not a number in the catalog: " + name, e);
    }
  }

  /** Parses; damage may show in any way. */
  private static <T> T checked(Parse<T> parse) throws IOException {
    try {
      return parse.get();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("a value in the catalog is damaged: " + e.getMessage(), e);
    }
  }

  private interface Parse<T> {
    T get() throws IOException;
  }

  MailboxRecord mailbox() throws IOException {
    return checked(this::parsedMailbox);
  }

  private MailboxRecord parsedMailbox() throws IOException {
    Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
    for (String use : lists.getOrDefault("specialUse", List.of())) {
      uses.add(SpecialUse.valueOf(use));
    }
    boolean identified = has("id");
    MailboxInfo info =
        new MailboxInfo(
            name("mailbox"),
            identified ? new MailboxId(text("id")) : null,
            identified ? number("uidValidity") : 0,
            MailboxInfo.State.valueOf(text("state")),
            Boolean.parseBoolean(text("subscribed")),
            false,
            uses);
    Map<String, Rights> acl = new HashMap<>();
    maps.getOrDefault("acl", Map.of())
        .forEach((identifier, rights) -> acl.put(identifier, Rights.parse(rights)));
    return new MailboxRecord(
        info,
        identified ? number("uidNext") : 0,
        identified ? number("highestModSeq") : 0,
        0,
        acl,
        parsedMetadata());
  }

  Map<EntryName, byte[]> metadata() throws IOException {
    return checked(this::parsedMetadata);
  }

  private Map<EntryName, byte[]> parsedMetadata() {
    Map<EntryName, byte[]> metadata = new HashMap<>();
    maps.getOrDefault("metadata", Map.of())
        .forEach((entry, v) -> metadata.put(new EntryName(entry), Base64.getDecoder().decode(v)));
    return metadata;
  }

  /** The line of the account itself, with the lines about mailboxes of others. */
  AccountRecord account(List<AccountRecord.Elsewhere> elsewhere) throws IOException {
    return checked(() -> new AccountRecord(parsedMetadata(), limits(), elsewhere));
  }

  private QuotaLimits limits() {
    Map<QuotaResource, Long> limits = new EnumMap<>(QuotaResource.class);
    maps.getOrDefault("limits", Map.of())
        .forEach(
            (resource, limit) ->
                limits.put(QuotaResource.valueOf(resource), Long.parseLong(limit)));
    return new QuotaLimits(limits);
  }

  /** Limits by shared quota root: the name of a resource and a number, in turn. */
  Map<String, QuotaLimits> sharedQuotas() throws IOException {
    return checked(
        () -> {
          Map<String, QuotaLimits> roots = new LinkedHashMap<>();
          maps.getOrDefault("sharedQuotas", Map.of())
              .forEach((root, limits) -> roots.put(root, limits(limits)));
          return roots;
        });
  }

  private static QuotaLimits limits(String text) {
    Map<QuotaResource, Long> limits = new EnumMap<>(QuotaResource.class);
    String[] words = text.isEmpty() ? new String[0] : text.split(" ", -1);
    if (words.length % 2 != 0) {
      throw new IllegalArgumentException("a limit without a number");
    }
    for (int i = 0; i < words.length; i += 2) {
      limits.put(QuotaResource.valueOf(words[i]), Long.parseLong(words[i + 1]));
    }
    return new QuotaLimits(limits);
  }

  AccountRecord.Elsewhere elsewhere() throws IOException {
    return checked(
        () ->
            new AccountRecord.Elsewhere(
                name("elsewhere"), Boolean.parseBoolean(text("subscribed")), parsedMetadata()));
  }

  private MailboxName name(String value) throws IOException {
    try {
      return MailboxName.parse(text(value));
    } catch (InvalidMailboxName e) {
      throw new IOException("not the name of a mailbox: " + text(value), e);
    }
  }

  Entry entry() throws IOException {
    return checked(this::parsedEntry);
  }

  private Entry parsedEntry() throws IOException {
    String internalDate = values.get("internalDate");
    String saveDate = values.get("saveDate");
    return new Entry(
        new Row(
            number("uid"),
            number("modSeq"),
            flags(text("flags")),
            number("size"),
            internalDate == null ? null : OffsetDateTime.parse(internalDate),
            saveDate == null ? null : Instant.parse(saveDate),
            values.get("emailId"),
            values.get("threadId"),
            null),
        text("file"),
        text("sha256"));
  }

  private static Flags flags(String words) {
    Set<SystemFlag> system = EnumSet.noneOf(SystemFlag.class);
    List<String> keywords = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      if (!word.isEmpty() && !system(word, system)) {
        keywords.add(word);
      }
    }
    return Flags.of(system, keywords);
  }

  private static boolean system(String word, Set<SystemFlag> into) {
    for (SystemFlag flag : SystemFlag.values()) {
      if (flag.imapName().equalsIgnoreCase(word)) {
        return into.add(flag);
      }
    }
    return false;
  }
}
