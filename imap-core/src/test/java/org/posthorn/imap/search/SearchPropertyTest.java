package org.posthorn.imap.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.posthorn.imap.fetch.Mail;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.imap.wire.Words;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Flags;
import org.posthorn.store.PageLimit;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Random criteria, written for the parser on one side and worked out by hand on the other. */
class SearchPropertyTest {
  private static final Words<SearchKeyword> KEYWORDS = new Words<>(StandardKeys.KEYWORDS);

  /** A message so simple that its text is its octets. */
  record Message(String subject, String body, boolean seen, boolean flagged) {
    String text() {
      return "Subject: " + subject + "\r\n\r\n" + body + "\r\n";
    }
  }

  /** Criteria as the client writes them, and the messages that they mean. */
  record Criteria(String text, BitSet found) {}

  private static final int MESSAGES = 5;

  @Property(tries = 300)
  void findsWhatAnObviousMatcherFinds(
      @ForAll("mailboxes") List<Message> messages, @ForAll long seed) throws Exception {
    Mail mail = new Mail();
    for (Message message : messages) {
      mail.add(message.text().getBytes(StandardCharsets.US_ASCII), spec(message));
    }
    Criteria criteria = criteria(messages, new Random(seed), 4);
    UidSet.Builder expected = UidSet.builder();
    criteria.found().stream().forEach(i -> expected.add(i + 1));
    assertEquals(expected.build(), search(mail, criteria.text()), criteria.text());
  }

  private static AppendSpec spec(Message message) {
    Flags seen = message.seen() ? Flags.of(SystemFlag.SEEN) : Flags.NONE;
    Flags flagged = message.flagged() ? Flags.of(SystemFlag.FLAGGED) : Flags.NONE;
    return AppendSpec.plain().withFlags(seen.plus(flagged));
  }

  private static UidSet search(Mail mail, String criteria)
      throws StoreException, SyntaxException, SearchRefused {
    SearchProgram program =
        SearchParser.parse(CommandReader.of(criteria), KEYWORDS, SearchLimits.DEFAULTS)
            .in(SearchView.of(mail.view(), UidSet.EMPTY, UidSet.EMPTY, Instant.EPOCH));
    UidSet.Builder found = UidSet.builder();
    UidSet left = mail.view();
    while (!left.isEmpty()) {
      SearchPage page =
          new SearchCall(mail.inbox(), program, left, new PageLimit(2, 10_000), 0)
              .invoke(CallContext.NONE);
      found.addAll(page.matches());
      left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
    }
    return found.build();
  }

  private static Criteria criteria(List<Message> messages, Random random, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf(messages, random);
    }
    Criteria a = criteria(messages, random, depth - 1);
    Criteria b = criteria(messages, random, depth - 1);
    BitSet found = (BitSet) a.found().clone();
    return switch (random.nextInt(3)) {
      case 0 -> {
        found.and(b.found());
        yield new Criteria("(" + a.text() + " " + b.text() + ")", found);
      }
      case 1 -> {
        found.or(b.found());
        yield new Criteria("OR (" + a.text() + ") " + "(" + b.text() + ")", found);
      }
      default -> {
        found.flip(0, MESSAGES);
        yield new Criteria("NOT (" + a.text() + ")", found);
      }
    };
  }

  private static Criteria leaf(List<Message> messages, Random random) {
    String word = List.of("ab", "BA", "a b", "bab", "").get(random.nextInt(5));
    int number = 1 + random.nextInt(MESSAGES);
    return switch (random.nextInt(8)) {
      case 0 -> where(messages, "SEEN", Message::seen);
      case 1 -> where(messages, "UNFLAGGED", m -> !m.flagged());
      case 2 -> where(messages, "SUBJECT \"" + word + "\"", m -> has(m.subject(), word));
      case 3 -> where(messages, "BODY \"" + word + "\"", m -> has(m.body(), word));
      case 4 -> where(messages, "TEXT \"" + word + "\"", m -> has(m.text(), word));
      case 5 -> where(messages, number + ":*", m -> messages.indexOf(m) + 1 >= number);
      case 6 -> where(messages, "UID " + number, m -> messages.indexOf(m) + 1 == number);
      default -> where(messages, "LARGER " + (25 + number), m -> m.text().length() > 25 + number);
    };
  }

  private static Criteria where(List<Message> messages, String text, Predicate<Message> test) {
    BitSet found = new BitSet(MESSAGES);
    for (int i = 0; i < messages.size(); i++) {
      found.set(i, test.test(messages.get(i)));
    }
    return new Criteria(text, found);
  }

  private static boolean has(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }

  @Provide
  Arbitrary<List<Message>> mailboxes() {
    Arbitrary<String> words = Arbitraries.strings().withChars("abB ").ofMaxLength(12);
    Arbitrary<Boolean> bits = Arbitraries.of(true, false);
    return Combinators.combine(words.map(w -> "x" + w + "x"), words, bits, bits)
        .as(Message::new)
        .list()
        .ofSize(MESSAGES)
        .uniqueElements();
  }
}
