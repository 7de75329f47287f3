package com.icegreen.greenmail.imap.commands;

import com.icegreen.greenmail.imap.ImapRequestLineReader;
import com.icegreen.greenmail.imap.ProtocolException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * GreenMail's own parsers, called in the order in which its commands call them before they begin to
 * work. They are not public, hence the package and the method handles, which the compiler sees
 * through.
 */
@NullMarked
public final class GreenMailGrammar {
  private static final CommandParser PARSER = new CommandParser();
  private static final SearchCommandParser SEARCH = new SearchCommandParser();
  private static final MethodHandle FETCH_REQUEST = of("Fetch", "fetchRequest");
  private static final MethodHandle STORE_DIRECTIVE = of("Store", "storeDirective");
  private static final MethodHandle APPEND_FLAGS = of("Append", "optionalAppendFlags");
  private static final MethodHandle APPEND_DATE = of("Append", "optionalDateTime");

  private GreenMailGrammar() {}

  private static MethodHandle of(String command, String method) {
    String owner = GreenMailGrammar.class.getPackageName() + "." + command + "Command";
    try {
      Class<?> type = Class.forName(owner + "$" + command + "CommandParser");
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method found = type.getDeclaredMethod(method, ImapRequestLineReader.class);
      found.setAccessible(true);
      return MethodHandles.lookup().unreflect(found).bindTo(constructor.newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was read of one command, in order. */
  public static List<Object> parse(ImapRequestLineReader in) throws Throwable {
    String tag = PARSER.tag(in);
    String name = PARSER.atom(in);
    if (name.equals("UID")) {
      name = PARSER.atom(in);
    }
    List<Object> read =
        switch (name) {
          case "FETCH" -> List.of(tag, name, PARSER.parseIdRange(in), FETCH_REQUEST.invoke(in));
          case "LOGIN" -> List.of(tag, name, PARSER.astring(in), PARSER.astring(in));
          case "SEARCH" -> List.of(tag, name, SEARCH.searchTerm(in));
          case "STORE" ->
              List.of(
                  tag,
                  name,
                  PARSER.parseIdRange(in),
                  STORE_DIRECTIVE.invoke(in),
                  PARSER.flagList(in));
          case "APPEND" ->
              Arrays.asList(
                  tag,
                  name,
                  PARSER.mailbox(in),
                  APPEND_FLAGS.invoke(in),
                  APPEND_DATE.invoke(in),
                  literal(in));
          default -> throw new IllegalArgumentException(name);
        };
    PARSER.endLine(in);
    return read;
  }

  private static byte[] literal(ImapRequestLineReader in) throws ProtocolException {
    in.nextWordChar();
    return PARSER.consumeLiteralAsBytes(in);
  }
}
