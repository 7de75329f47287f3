package org.posthorn.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of RFC 3848 and RFC 6531 section 4.3, all of them. */
class TransmissionTypeTest {
  @ParameterizedTest
  @CsvSource({
    "SMTP,         MX,         false, false, false, false",
    "ESMTP,        MX,         true,  false, false, false",
    "ESMTPS,       MX,         true,  false, true,  false",
    "ESMTPA,       SUBMISSION, true,  false, false, true",
    "ESMTPSA,      SUBMISSION, true,  false, true,  true",
    "UTF8SMTP,     MX,         true,  true,  false, false",
    "UTF8SMTPS,    MX,         true,  true,  true,  false",
    "UTF8SMTPA,    SUBMISSION, true,  true,  false, true",
    "UTF8SMTPSA,   SUBMISSION, true,  true,  true,  true",
    "LMTP,         LMTP,       true,  false, false, false",
    "LMTPS,        LMTP,       true,  false, true,  false",
    "LMTPA,        LMTP,       true,  false, false, true",
    "LMTPSA,       LMTP,       true,  false, true,  true",
    "UTF8LMTP,     LMTP,       true,  true,  false, false",
    "UTF8LMTPS,    LMTP,       true,  true,  true,  false",
    "UTF8LMTPA,    LMTP,       true,  true,  false, true",
    "UTF8LMTPSA,   LMTP,       true,  true,  true,  true"
  })
  void everyWord(
      String word, SmtpRole role, boolean extended, boolean utf8, boolean tls, boolean user) {
    assertEquals(word, TransmissionType.of(role, extended, utf8, tls, user));
  }
}
