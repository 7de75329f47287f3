package org.posthorn.testkit;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Words for generated messages, in several languages, each with charsets that can write it. */
final class MailWords {

  private record Language(List<String> charsets, List<String> words) {}

  private static final List<Language> ALL =
      List.of(
          new Language(
              List.of("us-ascii", "utf-8", "iso-8859-1"),
              words(
                  "the post horn sounds twice before noon and carries every letter over hill river bridge")),
          new Language(
              List.of("iso-8859-1", "windows-1252", "utf-8"),
              words(
                  "Gr\u00fc\u00dfe aus K\u00f6ln \u00fcber F\u00fc\u00dfe na\u00efve caf\u00e9 gar\u00e7on ni\u00f1o \u00e5r")),
          new Language(
              List.of("iso-8859-2", "windows-1250", "utf-8"),
              words(
                  "za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105 ja\u017a\u0144 \u0159eka \u010das \u0161kola")),
          new Language(
              List.of("koi8-r", "windows-1251", "utf-8"),
              words(
                  "\u043f\u043e\u0447\u0442\u0430 \u043f\u0438\u0441\u044c\u043c\u043e \u0433\u043e\u0440\u043e\u0434 \u0440\u0435\u043a\u0430")),
          new Language(
              List.of("iso-2022-jp", "shift_jis", "euc-jp", "utf-8"),
              words("\u90f5\u4fbf \u624b\u7d19 \u65e5\u672c\u8a9e \u304a\u306f\u3088\u3046")),
          new Language(
              List.of("gb18030", "gbk", "big5", "utf-8"),
              words("\u4e2d\u6587 \u5927\u5c71 \u6c34\u706b \u6728\u571f")),
          new Language(
              List.of("utf-8"),
              words(
                  "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\udcef \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35")));

  static final int LANGUAGES = ALL.size();

  private MailWords() {}

  /** An English word. */
  static String word(SplittableRandom random) {
    return pick(ALL.get(0).words(), random);
  }

  /** Some words of the language on one line. */
  static String sentence(SplittableRandom random, int language) {
    StringBuilder sentence = new StringBuilder();
    for (int i = random.nextInt(2, 9); i > 0; i--) {
      sentence.append(pick(ALL.get(language).words(), random)).append(i == 1 ? "." : " ");
    }
    return sentence.toString();
  }

  static Charset charset(int language, SplittableRandom random) {
    List<String> charsets = ALL.get(language).charsets();
    return Charset.forName(charsets.get(random.nextInt(charsets.size())));
  }

  /** The text as encoded-words of a few characters each, folded. */
  static String encodedWords(String text, SplittableRandom random) {
    StringBuilder encoded = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int end = text.offsetByCodePoints(at, 0);
      int characters = random.nextInt(1, 13);
      for (int i = 0; i < characters && end < text.length(); i++) {
        end = text.offsetByCodePoints(end, 1);
      }
      byte[] octets = text.substring(at, end).getBytes(StandardCharsets.UTF_8);
      encoded.append(at == 0 ? "" : "\r\n ").append("=?utf-8?b?");
      encoded.append(Base64.getEncoder().encodeToString(octets)).append("?=");
      at = end;
    }
    return encoded.toString();
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }

  private static String pick(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }
}
