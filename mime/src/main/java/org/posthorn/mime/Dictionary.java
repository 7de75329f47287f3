package org.posthorn.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The words that a stored index writes as a number. The list belongs to {@link
 * MessageIndex#VERSION}: a word may be appended, none may be moved or removed without a new
 * version.
 */
final class Dictionary {

  private static final Octets[] WORDS =
      words(
          "Received From To Subject Date Message-ID Message-Id MIME-Version Content-Type"
              + " Content-Transfer-Encoding",
          "text plain charset 7bit us-ascii utf-8 html boundary multipart mixed alternative"
              + " quoted-printable base64 8bit",
          "Content-Disposition attachment inline filename name application octet-stream image"
              + " Return-Path Delivered-To",
          "Cc Reply-To Sender In-Reply-To References Mime-Version X-Mailer User-Agent List-Id"
              + " List-Unsubscribe DKIM-Signature",
          "Authentication-Results Received-SPF Precedence X-Spam-Status Bcc iso-8859-1 format"
              + " flowed message rfc822 related",
          "Content-ID Content-Description Content-Language Errors-To List-Post List-Help"
              + " List-Subscribe List-Archive",
          "UTF-8 US-ASCII ISO-8859-1 binary 7BIT windows-1252 Windows-1252 delsp yes no report"
              + " signed protocol micalg type",
          "report-type delivery-status jpeg png gif jpg pdf zip size Lines Thread-Topic"
              + " Thread-Index X-Priority",
          "Importance X-MIMEOLE X-MSMail-Priority X-MimeOLE Organization X-Spam-Level"
              + " X-Spam-Checker-Version X-Originating-IP",
          "X-Received X-Google-DKIM-Signature X-Gm-Message-State X-Original-To X-BeenThere"
              + " X-Mailman-Version Archived-At",
          "X-Loop Sent Resent-From Resent-To Resent-Date Resent-Message-ID Feedback-ID"
              + " Auto-Submitted ARC-Seal",
          "ARC-Message-Signature ARC-Authentication-Results X-Forwarded-Encrypted Accept-Language"
              + " Content-Length Content-Location",
          "Content-MD5 Keywords Comments Status X-Status List-Owner digest pgp-signature"
              + " pkcs7-signature calendar method",
          "creation-date modification-date filename* name* global partial external-body"
              + " disposition-notification TEXT PLAIN HTML");

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // A word is looked up by its first and its last eight octets, which for most is all of it.

  private static final int SLOT_BITS = 10;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final long[] HEADS = new long[WORDS.length];
  private static final long[] TAILS = new long[WORDS.length];
  private static final short[] TABLE = table();
  private static final int LONGEST = longest();

  private Dictionary() {}

  /** The number of the word that these octets are, or -1. */
  static int find(byte[] array, int from, int to) {
    int length = to - from;
    if (length == 0 || length > LONGEST) {
      return -1;
    }
    long head = head(array, from, length);
    long tail = tail(array, to, length, head);
    for (int slot = slot(head, tail, length); ; slot = (slot + 1) & (SLOTS - 1)) {
      int number = TABLE[slot];
      if (number < 0) {
        return -1;
      }
      if (HEADS[number] == head
          && TAILS[number] == tail
          && WORDS[number].length() == length
          && (length <= 2 * Long.BYTES || WORDS[number].matches(array, from, to))) {
        return number;
      }
    }
  }

  /** The word of that number, or null if there is none. */
  static @Nullable Octets word(int number) {
    return number >= 0 && number < WORDS.length ? WORDS[number] : null;
  }

  private static long head(byte[] array, int from, int length) {
    if (length >= Long.BYTES) {
      return (long) LONGS.get(array, from);
    }
    if (from <= array.length - Long.BYTES) {
      return (long) LONGS.get(array, from) & ~(-1L << (length * Byte.SIZE));
    }
    long octets = 0;
    for (int i = length - 1; i >= 0; i--) {
      octets = octets << Byte.SIZE | (array[from + i] & 0xff);
    }
    return octets;
  }

  private static long tail(byte[] array, int to, int length, long head) {
    return length >= Long.BYTES ? (long) LONGS.get(array, to - Long.BYTES) : head;
  }

  private static int slot(long head, long tail, int length) {
    long mixed = (head ^ Long.rotateLeft(tail, 29) ^ length) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> (Long.SIZE - SLOT_BITS));
  }

  private static Octets[] words(String... lines) {
    String[] words = String.join(" ", lines).split(" ", -1);
    Octets[] octets = new Octets[words.length];
    for (int i = 0; i < words.length; i++) {
      octets[i] = Octets.ascii(words[i]);
    }
    return octets;
  }

  private static int longest() {
    int longest = 0;
    for (Octets word : WORDS) {
      longest = Math.max(longest, word.length());
    }
    return longest;
  }

  private static short[] table() {
    short[] table = new short[SLOTS];
    Arrays.fill(table, (short) -1);
    for (short number = 0; number < WORDS.length; number++) {
      byte[] word = WORDS[number].toByteArray();
      HEADS[number] = head(word, 0, word.length);
      TAILS[number] = tail(word, word.length, word.length, HEADS[number]);
      int slot = slot(HEADS[number], TAILS[number], word.length);
      while (table[slot] >= 0) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      table[slot] = number;
    }
    return table;
  }
}
