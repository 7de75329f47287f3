package org.posthorn.protocol.url;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;

/**
 * Reads RFC 5092 section 11: {@code imapurl / imapurl-rel}, with {@code iurlauth} or its rump
 * behind a message.
 */
final class ImapUrlParser {
  private static final long MAX_NUMBER = 0xffff_ffffL;

  /** In the order in which they may follow each other. */
  private enum Parameter {
    UIDVALIDITY,
    UID,
    SECTION,
    PARTIAL,
    EXPIRE,
    URLAUTH;

    /** Whether a slash stands before its semicolon. */
    boolean isSegment() {
      return this == UID || this == SECTION || this == PARTIAL;
    }
  }

  private final String text;
  private int at;
  private ImapUrl.@Nullable Server server;
  private @Nullable MailboxName mailbox;
  private long uidValidity;
  private long uid;
  private @Nullable String section;
  private ImapUrl.@Nullable Partial partial;
  private @Nullable String search;
  private @Nullable OffsetDateTime expire;
  private @Nullable UrlAuth auth;

  ImapUrlParser(String text) {
    this.text = text;
  }

  ImapUrl parse() throws ImapUrlException {
    if (text.length() > ImapUrl.MAX_LENGTH) {
      throw new ImapUrlException("URL too long");
    }
    boolean scheme = text.regionMatches(true, 0, "imap:", 0, 5);
    at = scheme ? 5 : 0;
    if (text.startsWith("//", at)) {
      at += 2;
      authority();
    } else if (scheme) {
      throw new ImapUrlException("URL without a server");
    }
    boolean absolute = at < text.length() && text.charAt(at) == '/';
    if (absolute) {
      at++;
    }
    path(absolute);
    if (expire != null && auth == null) {
      throw new ImapUrlException("EXPIRE without URLAUTH");
    }
    return new ImapUrl(text, server, mailbox, uidValidity, uid, section, partial, search, auth);
  }

  /** iserver = [iuserinfo "@"] host [":" port]. */
  private void authority() throws ImapUrlException {
    int slash = text.indexOf('/', at);
    int end = slash < 0 ? text.length() : slash;
    String authority = text.substring(at, end);
    at = end;
    int sign = authority.lastIndexOf('@');
    String user = null;
    String mechanism = null;
    if (sign >= 0) {
      String info = authority.substring(0, sign);
      int auth = info.toUpperCase(Locale.ROOT).indexOf(";AUTH=");
      user = Percent.decode(auth < 0 ? info : info.substring(0, auth));
      mechanism = auth < 0 ? null : Percent.decode(info.substring(auth + 6));
      user = user.isEmpty() ? null : user;
    }
    String host = authority.substring(sign + 1);
    int colon = host.lastIndexOf(':');
    int port = 0;
    if (colon > host.lastIndexOf(']')) {
      port = (int) number(host.substring(colon + 1), 65_535);
      host = host.substring(0, colon);
    }
    if (host.isEmpty()) {
      throw new ImapUrlException("URL without a host");
    }
    server = new ImapUrl.Server(user, mechanism, host.toLowerCase(Locale.ROOT), port);
  }

  /** icommand, or irelative-path without a slash before it. */
  private void path(boolean absolute) throws ImapUrlException {
    int end = at;
    while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) != '?') {
      end++;
    }
    String name = text.substring(at, end);
    boolean slash = name.endsWith("/") && end < text.length();
    if (slash) {
      name = name.substring(0, name.length() - 1);
    }
    if (!name.isEmpty()) {
      mailbox = mailbox(Percent.decode(name));
    } else if ((slash || absolute) && end < text.length()) {
      throw new ImapUrlException("URL without a mailbox");
    }
    at = end;
    parameters(slash || name.isEmpty());
  }

  private static MailboxName mailbox(String path) throws ImapUrlException {
    try {
      return MailboxName.parse(path);
    } catch (InvalidMailboxName e) {
      throw new ImapUrlException(String.valueOf(e.getMessage()));
    }
  }

  private void parameters(boolean slashBefore) throws ImapUrlException {
    boolean slash = slashBefore;
    int last = -1;
    while (at < text.length()) {
      if (text.charAt(at) == '?') {
        search(last);
        return;
      }
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        throw new ImapUrlException("Parameter without a value");
      }
      Parameter parameter = parameter(text.substring(at + 1, equals));
      if (parameter.ordinal() <= last || parameter.isSegment() != slash) {
        throw new ImapUrlException("Parameter in the wrong place");
      }
      last = parameter.ordinal();
      int end = endOfValue(equals + 1, parameter);
      String value = text.substring(equals + 1, end);
      slash = value.endsWith("/") && end < text.length();
      at = end;
      take(parameter, slash ? value.substring(0, value.length() - 1) : value);
    }
    if (slash && last >= 0) {
      throw new ImapUrlException("URL ends in a slash");
    }
  }

  private int endOfValue(int from, Parameter parameter) {
    int end = from;
    while (end < text.length()
        && (parameter == Parameter.URLAUTH
            || (text.charAt(end) != ';' && text.charAt(end) != '?'))) {
      end++;
    }
    return end;
  }

  private static Parameter parameter(String name) throws ImapUrlException {
    for (Parameter parameter : Parameter.values()) {
      if (parameter.name().equalsIgnoreCase(name)) {
        return parameter;
      }
    }
    throw new ImapUrlException("Unknown parameter");
  }

  private void take(Parameter parameter, String value) throws ImapUrlException {
    switch (parameter) {
      case UIDVALIDITY -> uidValidity = positive(value);
      case UID -> uid = positive(value);
      case SECTION -> section = nonEmpty(Percent.decode(value));
      case PARTIAL -> partial = partial(value);
      case EXPIRE -> expire = dateTime(value);
      case URLAUTH -> auth = auth(value);
    }
  }

  /** partial-range = number ["." nz-number]. */
  private static ImapUrl.Partial partial(String value) throws ImapUrlException {
    int dot = value.indexOf('.');
    if (dot < 0) {
      return new ImapUrl.Partial(number(value, MAX_NUMBER), Long.MAX_VALUE);
    }
    return new ImapUrl.Partial(
        number(value.substring(0, dot), MAX_NUMBER), positive(value.substring(dot + 1)));
  }

  /** access [":" uauth-mechanism ":" enc-urlauth]. */
  private UrlAuth auth(String value) throws ImapUrlException {
    if (uid == 0 || mailbox == null) {
      throw new ImapUrlException("Only a message can be authorized");
    }
    String[] parts = value.split(":", -1);
    UrlAccess access = UrlAccess.parse(parts[0]);
    if (parts.length == 1) {
      return new UrlAuth(expire, access, null, null);
    }
    if (parts.length != 3 || !parts[2].matches("[0-9A-Fa-f]{32,512}") || parts[1].isEmpty()) {
      throw new ImapUrlException("Broken authorization");
    }
    return new UrlAuth(expire, access, parts[1].toUpperCase(Locale.ROOT), parts[2]);
  }

  /** "?" enc-search, behind a mailbox alone. */
  private void search(int last) throws ImapUrlException {
    if (mailbox == null || last > Parameter.UIDVALIDITY.ordinal()) {
      throw new ImapUrlException("Search in the wrong place");
    }
    search = nonEmpty(Percent.decode(text.substring(at + 1)));
    at = text.length();
  }

  private static OffsetDateTime dateTime(String value) throws ImapUrlException {
    try {
      return OffsetDateTime.parse(value);
    } catch (DateTimeException e) {
      throw new ImapUrlException("EXPIRE is no time");
    }
  }

  private static String nonEmpty(String value) throws ImapUrlException {
    if (value.isEmpty()) {
      throw new ImapUrlException("Empty value");
    }
    return value;
  }

  private static long positive(String digits) throws ImapUrlException {
    long number = number(digits, MAX_NUMBER);
    if (number == 0) {
      throw new ImapUrlException("Number is 0");
    }
    return number;
  }

  private static long number(String digits, long max) throws ImapUrlException {
    if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) > max) {
      throw new ImapUrlException("Not a number");
    }
    return Long.parseLong(digits);
  }
}
