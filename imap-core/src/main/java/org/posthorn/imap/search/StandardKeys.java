package org.posthorn.imap.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.imap.wire.MessageSet;
import org.posthorn.store.SystemFlag;

/** The search keys of RFC 3501 section 6.4.4 and RFC 9051 section 6.4.4. */
public final class StandardKeys {

  /** By name, in upper case. */
  public static final Map<String, SearchKeyword> KEYWORDS = keywords();

  private static final SearchKey RECENT = new ViewKey(SearchView::recent, false);

  private StandardKeys() {}

  private static Map<String, SearchKeyword> keywords() {
    Map<String, SearchKeyword> keys = new HashMap<>();
    addCombinations(keys);
    addFlags(keys);
    addDates(keys);
    addTexts(keys);
    keys.put("UID", in -> uid(in.messageSet()));
    keys.put("LARGER", in -> new SizeKey(true, in.number()));
    keys.put("SMALLER", in -> new SizeKey(false, in.number()));
    return Map.copyOf(keys);
  }

  private static void addCombinations(Map<String, SearchKeyword> keys) {
    SearchKey all = new AllOf(List.of());
    keys.put("ALL", in -> all);
    keys.put("NOT", in -> new Not(in.key()));
    keys.put("OR", in -> new AnyOf(in.key(), in.key()));
  }

  private static void addFlags(Map<String, SearchKeyword> keys) {
    for (SystemFlag flag : SystemFlag.values()) {
      SearchKey set = new FlagKey(flag, true);
      SearchKey unset = new FlagKey(flag, false);
      keys.put(flag.name(), in -> set);
      keys.put("UN" + flag.name(), in -> unset);
    }
    keys.put("KEYWORD", in -> new KeywordKey(in.atom().asAscii(), true));
    keys.put("UNKEYWORD", in -> new KeywordKey(in.atom().asAscii(), false));
    keys.put("RECENT", in -> RECENT);
    keys.put("OLD", in -> new Not(RECENT));
    keys.put("NEW", in -> new AllOf(List.of(RECENT, new FlagKey(SystemFlag.SEEN, false))));
  }

  private static void addDates(Map<String, SearchKeyword> keys) {
    for (DateTest test : DateTest.values()) {
      keys.put(test.name(), in -> new InternalDateKey(test, in.date()));
      keys.put("SENT" + test.name(), in -> new SentDateKey(test, in.date()));
    }
  }

  private static void addTexts(Map<String, SearchKeyword> keys) {
    envelope(keys, EnvelopeField.BCC);
    envelope(keys, EnvelopeField.CC);
    envelope(keys, EnvelopeField.FROM);
    envelope(keys, EnvelopeField.SUBJECT);
    envelope(keys, EnvelopeField.TO);
    keys.put("HEADER", in -> new HeaderKey(in.astring(), in.text()));
    keys.put("BODY", in -> new BodyKey(in.bodyText()));
    keys.put("TEXT", in -> new TextKey(in.bodyText()));
  }

  private static void envelope(Map<String, SearchKeyword> keys, EnvelopeField field) {
    keys.put(field.name(), in -> new EnvelopeKey(field, in.text()));
  }

  private static SearchKey uid(MessageSet uids) {
    return new ViewKey(view -> view.byUid(uids), false);
  }
}
