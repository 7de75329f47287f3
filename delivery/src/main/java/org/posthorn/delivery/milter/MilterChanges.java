package org.posthorn.delivery.milter;

import java.nio.BufferUnderflowException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Spool;
import org.posthorn.delivery.check.Findings;
import org.posthorn.delivery.check.HeaderEdit;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.store.StoreException;

/** Reads what a milter wants changed, up to its answer to the end of the message. */
final class MilterChanges {
  /** Changes of header and envelope that one message may get. */
  private static final int MOST = 10_000;

  private final MilterConnection milter;
  private final Supplier<Spool> spools;
  private final Findings.Builder findings = new Findings.Builder();
  private @Nullable Spool body;
  private int count;

  MilterChanges(MilterConnection milter, Supplier<Spool> spools) {
    this.milter = milter;
    this.spools = spools;
  }

  Findings read() throws StoreException {
    boolean whole = false;
    try {
      MilterPacket packet = milter.receive();
      while (change(packet)) {
        if (++count > MOST) {
          throw milter.nonsense("too many changes");
        }
        packet = milter.receive();
      }
      end(packet);
      whole = true;
    } catch (IllegalArgumentException | BufferUnderflowException | SmtpSyntaxException e) {
      StoreException nonsense = milter.nonsense("a change that cannot be made");
      nonsense.addSuppressed(e);
      throw nonsense;
    } finally {
      if (!whole && body != null) {
        body.close();
      }
    }
    return findings.build();
  }

  private void end(MilterPacket packet) throws StoreException {
    switch (packet.code()) {
      case MilterCodes.ACCEPT, MilterCodes.CONTINUE -> {
        if (body != null) {
          findings.body(body);
        }
      }
      case MilterCodes.DISCARD -> {
        findings.discard();
        dropBody();
      }
      default -> {
        findings.refuse(MilterAnswer.refusal(packet, milter));
        dropBody();
      }
    }
  }

  private void dropBody() throws StoreException {
    if (body != null) {
      body.close();
    }
  }

  /** False when it is no change. */
  private boolean change(MilterPacket packet) throws StoreException, SmtpSyntaxException {
    int action = action(packet.code());
    if (action != 0 && !milter.mayDo(action)) {
      throw milter.nonsense("a change that it did not negotiate: '" + packet.code() + "'");
    }
    switch (packet.code()) {
      case MilterCodes.ADD_RCPT -> findings.addRecipient(address(packet.string()));
      case MilterCodes.ADD_RCPT_WITH_PARAMETERS ->
          findings.addRecipient(
              new Recipient(address(packet.string()), parameters(packet.string())));
      case MilterCodes.DELETE_RCPT -> findings.removeRecipient(address(packet.string()));
      case MilterCodes.CHANGE_FROM -> findings.sender(path(packet.string()));
      case MilterCodes.ADD_HEADER ->
          findings.edit(new HeaderEdit.Add(packet.string(), packet.string()));
      case MilterCodes.INSERT_HEADER -> {
        int position = packet.data().getInt();
        findings.edit(new HeaderEdit.Insert(position, packet.string(), packet.string()));
      }
      case MilterCodes.CHANGE_HEADER -> {
        int occurrence = Math.max(1, packet.data().getInt());
        findings.edit(new HeaderEdit.Change(packet.string(), occurrence, packet.string()));
      }
      case MilterCodes.REPLACE_BODY -> {
        if (body == null) {
          body = spools.get();
        }
        body.write(packet.data());
        count--;
      }
      case MilterCodes.QUARANTINE -> findings.quarantine(packet.string());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What has to be negotiated for a change; 0 for what is none. */
  private static int action(char code) {
    return switch (code) {
      case MilterCodes.ADD_RCPT -> MilterCodes.ADD_RECIPIENTS;
      case MilterCodes.ADD_RCPT_WITH_PARAMETERS -> MilterCodes.ADD_RECIPIENTS_WITH_PARAMETERS;
      case MilterCodes.DELETE_RCPT -> MilterCodes.DELETE_RECIPIENTS;
      case MilterCodes.CHANGE_FROM -> MilterCodes.CHANGE_SENDER;
      case MilterCodes.ADD_HEADER, MilterCodes.INSERT_HEADER -> MilterCodes.ADD_HEADERS;
      case MilterCodes.CHANGE_HEADER -> MilterCodes.CHANGE_HEADERS;
      case MilterCodes.REPLACE_BODY -> MilterCodes.CHANGE_BODY;
      case MilterCodes.QUARANTINE -> MilterCodes.MAY_QUARANTINE;
      default -> 0;
    };
  }

  /** {@code KEYWORD=value} and {@code KEYWORD}, separated by spaces. */
  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String one : text.strip().split(" +", -1)) {
      int equals = one.indexOf('=');
      String keyword = equals < 0 ? one : one.substring(0, equals);
      if (!keyword.isEmpty()) {
        parameters.put(
            keyword.toUpperCase(Locale.ROOT), equals < 0 ? "" : one.substring(equals + 1));
      }
    }
    return parameters;
  }

  private static String inner(String path) {
    String text = path.strip();
    return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
  }

  private static Address address(String path) throws SmtpSyntaxException {
    return Address.parse(inner(path));
  }

  private static ReversePath path(String path) throws SmtpSyntaxException {
    String inner = inner(path);
    return inner.isEmpty() ? ReversePath.NULL : ReversePath.of(Address.parse(inner));
  }
}
