package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterListTest {

  private static String parse(String parameters) {
    return Structure.parameters(ParameterList.parse(new ValueLexer(Octets.ascii(parameters)), 100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "; a=b; C=\"d e\" | a=b; C=d e",
        ";a = b (comment); c=d | a=b; c=d",
        "; a=\"q\\\"\\\\\" | a=q\"\\",
        "; a=b c=d | a=b; c=d",
        "; name=my file.pdf; x=y | name=my file.pdf; x=y",
        "; a=\"open; b=c | a=open; b=c",
        ";; a=b ;; | a=b",
        "; =b; c=d | c=d",
        "; a; b=c | b=c",
        "; a=; b=c | a=; b=c",
        "; a=\"\" | a=",
        "; a=b/c=d | a=b/c=d",
        "; name*=utf-8''%e2%82%ac | name*=utf-8''%e2%82%ac",
        "; n*0=a; n*1=b | n=ab",
        "; n*1=b; x=y; n*0=a | n=ab; x=y",
        "; N*0=a; n*1=\"b c\" | N=ab c",
        "; n*0*=utf-8'de'%41; n*1=\"b c\"; n*2*=%44 | n*=utf-8'de'%41b%20c%44",
        "; n*0=a; n*1*=%41 | n*=''a%41",
        "; n*0=a; n*2=c | n=a",
        "; n*1=b | ``",
        "; n*0=a; n*0=z | n=a",
        "; *0=a; n*x=y; n**=z | *0=a; n*x=y; n**=z",
      })
  void reads(String parameters, String expected) {
    assertEquals(expected, parse(parameters));
  }

  @Test
  void timeGrowsWithTheLengthOnly() {
    for (String piece : new String[] {" ", "a=b ", "; a=b c ", "(", "\"", "=", "; a*1=", "a "}) {
      Octets value = Octets.ascii("; x=y" + piece.repeat(300_000));
      assertTimeout(
          Duration.ofSeconds(5), () -> ParameterList.parse(new ValueLexer(value), 100), piece);
    }
  }
}
