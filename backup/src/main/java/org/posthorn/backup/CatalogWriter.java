package org.posthorn.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.Rights;
import org.posthorn.store.Row;
import org.posthorn.store.SpecialUse;

/**
 * Writes the catalog of an account: one JSON object a line, first the account, then each mailbox
 * with its messages behind it, last how many of each there were and a checksum of all lines before.
 * It appears whole or not at all.
 */
final class CatalogWriter implements Closeable {
  static final String FILE = "catalog.jsonl";
  static final int FORMAT = 1;

  private final Path folder;
  private final Path file;
  private final Path staged;
  private final MessageDigest digest;
  private final Writer out;
  private final JsonGenerator json;
  private long mailboxes;
  private long messages;

  CatalogWriter(Path folder, String account, Instant now, AccountRecord record) throws IOException {
    this.folder = folder;
    file = folder.resolve(FILE);
    staged = folder.resolve(FILE + ".new");
    DigestOutputStream octets =
        new DigestOutputStream(Files.newOutputStream(staged), MessageFiles.sha256());
    digest = octets.getMessageDigest();
    out = new BufferedWriter(new OutputStreamWriter(octets, StandardCharsets.UTF_8));
    json = new JsonFactory().createGenerator(out);
    json.setRootValueSeparator(null);
    json.writeStartObject();
    json.writeNumberField("format", FORMAT);
    json.writeStringField("account", account);
    json.writeStringField("taken", now.toString());
    metadata(record.metadata());
    json.writeObjectFieldStart("limits");
    for (Map.Entry<QuotaResource, Long> limit :
        new TreeMap<>(record.limits().limits()).entrySet()) {
      json.writeNumberField(limit.getKey().name(), limit.getValue());
    }
    json.writeEndObject();
    endLine();
    for (AccountRecord.Elsewhere other : record.elsewhere()) {
      json.writeStartObject();
      json.writeStringField("elsewhere", other.name().path());
      json.writeBooleanField("subscribed", other.subscribed());
      metadata(other.metadata());
      endLine();
    }
  }

  private void metadata(Map<EntryName, byte[]> entries) throws IOException {
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<EntryName, byte[]> entry : new TreeMap<>(entries).entrySet()) {
      json.writeBinaryField(entry.getKey().path(), entry.getValue());
    }
    json.writeEndObject();
  }

  private void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  void mailbox(MailboxRecord mailbox) throws IOException {
    MailboxInfo info = mailbox.info();
    json.writeStartObject();
    json.writeStringField("mailbox", info.name().path());
    json.writeStringField("state", info.state().name());
    json.writeBooleanField("subscribed", info.subscribed());
    if (info.id() != null) {
      json.writeStringField("id", info.id().value());
      json.writeNumberField("uidValidity", info.uidValidity());
      json.writeNumberField("uidNext", mailbox.uidNext());
      json.writeNumberField("highestModSeq", mailbox.highestModSeq());
    }
    json.writeArrayFieldStart("specialUse");
    for (SpecialUse use : info.specialUse()) {
      json.writeString(use.name());
    }
    json.writeEndArray();
    json.writeObjectFieldStart("acl");
    for (Map.Entry<String, Rights> entry : new TreeMap<>(mailbox.acl()).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue().letters());
    }
    json.writeEndObject();
    metadata(mailbox.metadata());
    endLine();
    mailboxes++;
  }

  void message(Entry entry) throws IOException {
    Row row = entry.row();
    json.writeStartObject();
    json.writeNumberField("uid", row.uid());
    json.writeNumberField("modSeq", row.modSeq());
    json.writeStringField("flags", new String(row.flags().imap(), StandardCharsets.US_ASCII));
    json.writeNumberField("size", row.size());
    text("internalDate", row.internalDate());
    text("saveDate", row.saveDate());
    text("emailId", row.emailId());
    text("threadId", row.threadId());
    json.writeStringField("file", entry.file());
    json.writeStringField("sha256", entry.sha256());
    endLine();
    messages++;
  }

  private void text(String name, @Nullable Object value) throws IOException {
    if (value instanceof OffsetDateTime || value instanceof Instant || value instanceof String) {
      json.writeStringField(name, value.toString());
    }
  }

  /** Everything came: the catalog takes its place, surviving a loss of power. */
  void finish() throws IOException {
    json.flush();
    String checksum = HexFormat.of().formatHex(digest.digest());
    json.writeStartObject();
    json.writeNumberField("mailboxes", mailboxes);
    json.writeNumberField("messages", messages);
    json.writeStringField("sha256", checksum);
    endLine();
    json.close();
    out.close();
    try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Disk.force(folder);
  }

  @Override
  public void close() throws IOException {
    json.close();
    out.close();
    Files.deleteIfExists(staged);
  }
}
