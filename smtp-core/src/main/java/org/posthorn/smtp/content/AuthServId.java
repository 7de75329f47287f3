package org.posthorn.smtp.content;

/** Finds who made an Authentication-Results field (RFC 8601 section 2.2). */
final class AuthServId {
  private AuthServId() {}

  /** The authserv-id behind comments and folds, unquoted; empty where there is none. */
  static String of(String value) {
    int at = skip(value, 0);
    StringBuilder id = new StringBuilder();
    if (at < value.length() && value.charAt(at) == '"') {
      for (at++; at < value.length() && value.charAt(at) != '"'; at++) {
        if (value.charAt(at) == '\\' && at + 1 < value.length()) {
          at++;
        }
        id.append(value.charAt(at));
      }
      return id.toString();
    }
    while (at < value.length() && value.charAt(at) > ' ' && "(;/".indexOf(value.charAt(at)) < 0) {
      id.append(value.charAt(at++));
    }
    return id.toString();
  }

  /** Past white space and comments, nested ones too. */
  private static int skip(String value, int from) {
    int depth = 0;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && depth > 0) {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && depth > 0) {
        depth--;
      } else if (depth == 0 && c > ' ') {
        return i;
      }
    }
    return value.length();
  }
}
