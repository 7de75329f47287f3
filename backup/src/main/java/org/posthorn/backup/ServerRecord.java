package org.posthorn.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;

/**
 * What belongs to no account: shared metadata of the server and limits of shared quota roots. A
 * JSON object in a file.
 */
final class ServerRecord {
  private static final String FILE = "server.json";

  private final Path directory;
  private final MailStore store;
  private final List<String> accounts;
  private final Identity admin;

  /**
   * Between a directory and a store.
   *
   * @param accounts all that the store has, one at least: it is asked in the name of one, and which
   *     roots there are is known from them
   */
  ServerRecord(Path directory, MailStore store, List<String> accounts) {
    this.directory = directory;
    this.store = store;
    this.accounts = accounts;
    this.admin = admin(accounts.get(0));
  }

  private static Identity admin(String account) {
    return new Identity(account, account, Role.ADMIN);
  }

  void save() throws IOException, StoreException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      Optional<Metadata> metadata = store.facet(Metadata.class);
      if (metadata.isPresent()) {
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<EntryName, byte[]> entry :
            new TreeMap<>(shared(metadata.get())).entrySet()) {
          json.writeBinaryField(entry.getKey().path(), entry.getValue());
        }
        json.writeEndObject();
      }
      json.writeObjectFieldStart("sharedQuotas");
      for (Map.Entry<String, QuotaRoot> root : sharedRoots().entrySet()) {
        json.writeStringField(root.getKey(), text(root.getValue().limits()));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    Path staged = directory.resolve(FILE + ".new");
    Files.writeString(staged, text.toString());
    try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        staged,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Disk.force(directory);
  }

  private Map<EntryName, byte[]> shared(Metadata metadata) throws StoreException {
    Map<EntryName, byte[]> shared = new HashMap<>(metadata.get(admin, Optional.empty()));
    shared.keySet().removeIf(EntryName::isPrivate);
    return shared;
  }

  /** Nothing changes where the backup does not know of any. Gives what was left out. */
  List<String> restore() throws IOException, StoreException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    CatalogLine saved = new CatalogLine(Files.readString(file));
    Optional<Metadata> metadata = store.facet(Metadata.class);
    if (metadata.isPresent()) {
      restore(metadata.get(), saved.metadata());
    }
    return restoreLimits(saved.sharedQuotas());
  }

  private void restore(Metadata metadata, Map<EntryName, byte[]> saved) throws StoreException {
    Map<EntryName, Optional<byte[]>> changes = new HashMap<>();
    shared(metadata).keySet().forEach(entry -> changes.put(entry, Optional.empty()));
    saved.forEach((entry, value) -> changes.put(entry, Optional.of(value)));
    if (!changes.isEmpty()) {
      metadata.set(admin, Optional.empty(), changes);
    }
  }

  /** As with an account, a root that had no limits leaves those that it has now. */
  private List<String> restoreLimits(Map<String, QuotaLimits> saved) throws StoreException {
    List<String> left = new ArrayList<>();
    Optional<Quotas> quotas = store.facet(Quotas.class);
    Map<String, String> members = quotas.isEmpty() ? Map.of() : members(quotas.get());
    for (Map.Entry<String, QuotaLimits> root : saved.entrySet()) {
      QuotaLimits limits = root.getValue();
      String member = members.get(root.getKey());
      if (limits.limits().isEmpty()) {
        continue;
      }
      if (quotas.isEmpty() || member == null) {
        left.add("no account shares the quota root " + root.getKey() + ": its limits are left out");
      } else if (!quotas.get().root(admin(member), root.getKey()).limits().equals(limits)) {
        quotas.get().setLimits(admin(member), root.getKey(), limits);
      }
    }
    return left;
  }

  private Map<String, QuotaRoot> sharedRoots() throws StoreException {
    Map<String, QuotaRoot> roots = new TreeMap<>();
    Optional<Quotas> quotas = store.facet(Quotas.class);
    if (quotas.isPresent()) {
      for (Map.Entry<String, String> member : members(quotas.get()).entrySet()) {
        String root = member.getKey();
        roots.put(root, quotas.get().root(admin(member.getValue()), root));
      }
    }
    return roots;
  }

  /** By shared root an account that it covers. */
  private Map<String, String> members(Quotas quotas) throws StoreException {
    Map<String, String> members = new HashMap<>();
    for (String account : accounts) {
      try {
        for (String root : quotas.rootsOf(admin(account), MailboxName.INBOX)) {
          if (!QuotaRoot.isOfAccount(root)) {
            members.putIfAbsent(root, account);
          }
        }
      } catch (StoreException e) {
        if (e.code() != StoreException.Code.NONEXISTENT) {
          throw e;
        }
        // It was deleted meanwhile.
      }
    }
    return members;
  }

  private static String text(QuotaLimits limits) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(limits.limits())
        .forEach(
            (resource, limit) ->
                text.append(text.isEmpty() ? "" : " ").append(resource).append(' ').append(limit));
    return text.toString();
  }
}
