package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fri, 21 Nov 1997 09:55:06 -0600 | 1997-11-21T09:55:06-06:00",
        "Tue, 1 Jul 2003 10:52:37 +0200 | 2003-07-01T10:52:37+02:00",
        "21 Nov 97 09:55:06 GMT | 1997-11-21T09:55:06Z",
        "Thu,~      13~        Feb~          1969~      23:32~               -0330 (Newfoundland"
            + " Time) | 1969-02-13T23:32-03:30",
        "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 | 1997-11-21T09:55:06-06:00",
        "21 Nov 49 09:55 EST | 2049-11-21T09:55-05:00",
        "21 Nov 104 09:55 PDT | 2004-11-21T09:55-07:00",
        "Fri Nov 21 09:55:06 1997 | 1997-11-21T09:55:06Z",
        "Fri Nov 21 09:55:06 EST 1997 | 1997-11-21T09:55:06-05:00",
        "Friday, November 21, 1997 9:55:06 PM | 1997-11-21T21:55:06Z",
        "21-Nov-1997 09:55:06 +0000 | 1997-11-21T09:55:06Z",
        "1997-11-21 09:55:06 +0100 | 1997-11-21T09:55:06+01:00",
        "1997-11-21T09:55:06.123+01:00 | 1997-11-21T09:55:06+01:00",
        "Fri, 21 Nov 1997 09:55:06 GMT+0100 | 1997-11-21T09:55:06+01:00",
        "Fri, 21 Nov 1997 23:59:60 Z | 1997-11-21T23:59:59Z",
        "Fri, 21 Nov 1997 24:00:00 -0000 | 1997-11-22T00:00Z",
        "Fri, 21 Nov 1997 09:55:06 -9999 | 1997-11-21T09:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 | 1997-11-21T09:55:06Z",
        "21 Nov 1997 | 1997-11-21T00:00Z",
        "1 Jan 2000 25:00 +0500 | 2000-01-01T00:00Z",
      })
  void reads(String value, String expected) {
    assertEquals(
        OffsetDateTime.parse(expected), MailDate.parse(Octets.ascii(value.replace("~", "\r\n"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "Fri, 32 Nov 1997 09:55:06 -0600",
        "31 Feb 2000 1:2:3",
        "25:00",
      })
  void others(String value) {
    assertNull(MailDate.parse(Octets.ascii(value)));
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll @LongRange(min = -1_000_000_000L, max = 100_000_000_000L) long second,
      @ForAll @IntRange(min = -1080, max = 1080) int minutes) {
    OffsetDateTime date =
        OffsetDateTime.ofInstant(
            Instant.ofEpochSecond(second), ZoneOffset.ofTotalSeconds(minutes * 60));
    assertEquals(date, MailDate.parse(Octets.ascii(MailDate.format(date))));
  }

  @Property
  void anythingCanBeRead(@ForAll byte[] octets) {
    OffsetDateTime date = MailDate.parse(Octets.of(octets));
    assertEquals(date, date == null ? null : date.withNano(0));
  }
}
