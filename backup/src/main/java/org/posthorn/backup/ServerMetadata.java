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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Metadata;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;

/** The shared metadata of the server, which belongs to no account: a JSON object in a file. */
final class ServerMetadata {
  private static final String FILE = "server.json";

  private final Path directory;
  private final MailStore store;
  private final Identity admin;

  /**
   * @param account any: a store is asked in the name of one
   */
  ServerMetadata(Path directory, MailStore store, String account) {
    this.directory = directory;
    this.store = store;
    this.admin = new Identity(account, account, Role.ADMIN);
  }

  void save() throws IOException, StoreException {
    Optional<Metadata> metadata = store.facet(Metadata.class);
    if (metadata.isEmpty()) {
      return;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart("metadata");
      for (Map.Entry<EntryName, byte[]> entry : new TreeMap<>(shared(metadata.get())).entrySet()) {
        json.writeBinaryField(entry.getKey().path(), entry.getValue());
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

  /** Nothing changes where the backup does not know of any. */
  void restore() throws IOException, StoreException {
    Optional<Metadata> metadata = store.facet(Metadata.class);
    Path file = directory.resolve(FILE);
    if (metadata.isEmpty() || !Files.exists(file)) {
      return;
    }
    Map<EntryName, Optional<byte[]>> changes = new HashMap<>();
    shared(metadata.get()).keySet().forEach(entry -> changes.put(entry, Optional.empty()));
    new CatalogLine(Files.readString(file))
        .metadata()
        .forEach((entry, value) -> changes.put(entry, Optional.of(value)));
    if (!changes.isEmpty()) {
      metadata.get().set(admin, Optional.empty(), changes);
    }
  }
}
