package org.posthorn.imap;

import java.nio.charset.StandardCharsets;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.UidSet;

/** What stands in brackets before the text of a status response (RFC 9051 section 7.1). */
@FunctionalInterface
public interface ResponseCode {
  /** Writes name and arguments, brackets not included. */
  void encode(ResponseEncoder out);

  ResponseCode ALERT = atom("ALERT");
  ResponseCode ALREADYEXISTS = atom("ALREADYEXISTS");
  ResponseCode AUTHENTICATIONFAILED = atom("AUTHENTICATIONFAILED");
  ResponseCode AUTHORIZATIONFAILED = atom("AUTHORIZATIONFAILED");
  ResponseCode CANNOT = atom("CANNOT");
  ResponseCode CLIENTBUG = atom("CLIENTBUG");
  ResponseCode CLOSED = atom("CLOSED");
  ResponseCode CONTACTADMIN = atom("CONTACTADMIN");
  ResponseCode CORRUPTION = atom("CORRUPTION");
  ResponseCode EXPIRED = atom("EXPIRED");
  ResponseCode EXPUNGEISSUED = atom("EXPUNGEISSUED");
  ResponseCode HASCHILDREN = atom("HASCHILDREN");
  ResponseCode INUSE = atom("INUSE");
  ResponseCode LIMIT = atom("LIMIT");
  ResponseCode NOMODSEQ = atom("NOMODSEQ");
  ResponseCode NONEXISTENT = atom("NONEXISTENT");
  ResponseCode NOPERM = atom("NOPERM");
  ResponseCode OVERQUOTA = atom("OVERQUOTA");
  ResponseCode PRIVACYREQUIRED = atom("PRIVACYREQUIRED");
  ResponseCode READ_ONLY = atom("READ-ONLY");
  ResponseCode READ_WRITE = atom("READ-WRITE");
  ResponseCode SERVERBUG = atom("SERVERBUG");
  ResponseCode TOOBIG = atom("TOOBIG");
  ResponseCode TRYCREATE = atom("TRYCREATE");
  ResponseCode UNKNOWN_CTE = atom("UNKNOWN-CTE");
  ResponseCode UNAVAILABLE = atom("UNAVAILABLE");
  ResponseCode USEATTR = atom("USEATTR");

  /** A code without arguments. */
  static ResponseCode atom(String name) {
    return out -> out.atom(name);
  }

  /** A code with one number, such as UIDNEXT. */
  static ResponseCode number(String name, long number) {
    return out -> out.atom(name).sp().number(number);
  }

  /** RFC 7162 section 3.1.3: messages that changed meanwhile, by number or UID as asked. */
  static ResponseCode modified(UidSet messages) {
    return out -> out.words("MODIFIED ").words(messages.toString());
  }

  /** RFC 4469 section 4.1; what may not stand in a response code is percent-encoded. */
  static ResponseCode badUrl(String url) {
    StringBuilder text = new StringBuilder();
    for (byte octet : url.getBytes(StandardCharsets.UTF_8)) {
      if (octet <= ' ' || octet == ']' || octet == 127) {
        text.append(String.format("%%%02X", octet & 0xff));
      } else {
        text.append((char) octet);
      }
    }
    return out -> out.words("BADURL ").words(text.toString());
  }

  /** RFC 9051: resp-code-apnd. */
  static ResponseCode appendUid(long uidValidity, UidSet uids) {
    return out -> out.words("APPENDUID").sp().number(uidValidity).sp().words(uids.toString());
  }

  /** RFC 9051: resp-code-copy. */
  static ResponseCode copyUid(long uidValidity, UidSet source, UidSet copies) {
    return out ->
        out.words("COPYUID")
            .sp()
            .number(uidValidity)
            .sp()
            .words(source.toString())
            .sp()
            .words(copies.toString());
  }
}
