package org.posthorn.delivery.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthorn.delivery.text.TextLines;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SystemFlag;

/**
 * Rules as text in UTF-8, one rule a line; {@code #} begins a comment, a line that begins with
 * white space continues the one before:
 *
 * <pre>
 * if header List-Id exists                             then file Lists
 * if header Subject contains "invoice" or sender is billing@example.net
 *    and not size &gt; 2M                                then flag \Flagged, keep, continue
 * if address To contains alice+phone                   then keep, redirect alice@phone.example
 * if sender contains @spam.example                     then discard
 * if size &gt; 20M                                        then reject "Too long for me"
 * </pre>
 *
 * Tests: {@code header NAME exists}, {@code header NAME contains TEXT}, {@code header NAME is
 * TEXT}, {@code address NAME contains TEXT}, {@code sender contains TEXT}, {@code sender is
 * ADDRESS} ({@code ""} for the null reverse-path), {@code size > NUMBER}, {@code size < NUMBER}
 * (with K or M), each perhaps behind {@code not}. {@code or} joins tests that stand side by side,
 * {@code and} joins what {@code or} has joined. A rule without {@code if} is for all messages.
 *
 * <p>Actions, with commas between: {@code keep}, {@code file FOLDER}, {@code redirect ADDRESS},
 * {@code discard}, {@code reject TEXT}, {@code flag FLAG...}; {@code continue} as the last one has
 * later rules looked at as well. Text with white space, commas or quotation marks stands between
 * double quotes.
 */
public final class RuleText {
  private RuleText() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static RuleFilter read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /**
   * Reads text.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static RuleFilter parse(String text) {
    List<FilterRule> rules = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(text)) {
      try {
        rules.add(rule(new RuleWords(line.text())));
      } catch (SmtpSyntaxException | IllegalArgumentException e) {
        throw line.wrong(e);
      }
    }
    return new RuleFilter(rules);
  }

  private static FilterRule rule(RuleWords words) throws SmtpSyntaxException {
    List<FilterTest> tests = words.take("if") ? tests(words) : List.of();
    List<FilterAction> actions = new ArrayList<>();
    boolean goesOn = false;
    do {
      if (goesOn) {
        throw new IllegalArgumentException("continue comes last");
      } else if (words.take("continue")) {
        goesOn = true;
      } else {
        actions.add(action(words));
      }
    } while (words.take(","));
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("comma expected before " + words.next("action"));
    }
    return new FilterRule(tests, actions, !goesOn);
  }

  private static List<FilterTest> tests(RuleWords words) {
    List<FilterTest> all = new ArrayList<>();
    do {
      List<FilterTest> any = new ArrayList<>();
      do {
        any.add(words.take("not") ? FilterTest.not(test(words)) : test(words));
      } while (words.take("or"));
      all.add(FilterTest.anyOf(any.toArray(new FilterTest[0])));
    } while (words.take("and"));
    if (!words.take("then")) {
      throw new IllegalArgumentException("then expected");
    }
    return all;
  }

  private static FilterTest test(RuleWords words) {
    String kind = words.keyword("test");
    return switch (kind) {
      case "header" -> header(words, words.next("name of a header field"));
      case "address" -> {
        String field = words.next("name of a header field");
        requireContains(words);
        yield FilterTest.addressContains(field, words.next("text"));
      }
      case "sender" ->
          words.take("is") ? FilterTest.senderIs(words.next("address")) : senderContains(words);
      case "size" -> size(words);
      default -> throw new IllegalArgumentException("unknown test " + kind);
    };
  }

  private static FilterTest header(RuleWords words, String field) {
    String relation = words.keyword("exists, contains or is");
    return switch (relation) {
      case "exists" -> FilterTest.has(field);
      case "contains" -> FilterTest.headerContains(field, words.next("text"));
      case "is" -> FilterTest.headerIs(field, words.next("text"));
      default -> throw new IllegalArgumentException("exists, contains or is expected");
    };
  }

  private static FilterTest senderContains(RuleWords words) {
    requireContains(words);
    return FilterTest.senderContains(words.next("text"));
  }

  private static void requireContains(RuleWords words) {
    if (!words.take("contains")) {
      throw new IllegalArgumentException("contains expected");
    }
  }

  private static FilterTest size(RuleWords words) {
    boolean larger = words.take(">");
    if (!larger && !words.take("<")) {
      throw new IllegalArgumentException("> or < expected");
    }
    String number = words.next("size").toUpperCase(Locale.ROOT);
    if (!number.matches("\\d{1,12}[KM]?")) {
      throw new IllegalArgumentException("a size is a number of octets, perhaps with K or M");
    }
    int shift = number.endsWith("M") ? 20 : number.endsWith("K") ? 10 : 0;
    String digits = shift == 0 ? number : number.substring(0, number.length() - 1);
    long octets = Long.parseLong(digits) << shift;
    return larger ? FilterTest.largerThan(octets) : FilterTest.smallerThan(octets);
  }

  private static FilterAction action(RuleWords words) throws SmtpSyntaxException {
    String kind = words.keyword("action");
    return switch (kind) {
      case "keep" -> new FilterAction.Keep();
      case "discard" -> new FilterAction.Discard();
      case "file" -> new FilterAction.FileInto(MailboxName.parse(words.next("folder")));
      case "redirect" -> new FilterAction.Redirect(Address.parse(words.next("address")));
      case "reject" -> new FilterAction.Reject(words.next("reason"));
      case "flag" -> {
        Flags flags = Flags.NONE;
        do {
          flags = flags.plus(flag(words.next("flag")));
        } while (words.more());
        yield new FilterAction.AddFlags(flags);
      }
      default -> throw new IllegalArgumentException("unknown action " + kind);
    };
  }

  private static Flags flag(String name) {
    for (SystemFlag flag : SystemFlag.values()) {
      if (flag.imapName().equalsIgnoreCase(name)) {
        return Flags.of(flag);
      }
    }
    if (!Flags.isKeyword(name)) {
      throw new IllegalArgumentException("not a flag: " + name);
    }
    return Flags.NONE.withKeyword(name);
  }
}
