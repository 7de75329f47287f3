package org.posthorn.imap.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.mime.Octets;

class BaseSubjectTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | hello | false",
        "'' | '' | false",
        "Re: hello | hello | true",
        "RE : hello | hello | true",
        "Fw: hello | hello | true",
        "FWD: hello | hello | true",
        "Re: Fwd: re:hello | hello | true",
        "Re: | '' | true",
        "re | re | false",
        "Regarding: x | Regarding: x | false",
        "Re[2]: hello | hello | true",
        "Re [2] : hello | hello | true",
        "Re [2 : hello | Re [2 : hello | false",
        "[list] hello | hello | false",
        "[list] | [list] | false",
        "[a] [b] | [b] | false",
        "[a][b][c] | [c] | false",
        "[list] Re: hello | hello | true",
        "Re: [list] hello | hello | true",
        "Re: [list] Re: [2] hello | hello | true",
        "[a[b] c | [a[b] c | false",
        "[] x | x | false",
        "hello (fwd) | hello | true",
        "hello(FWD)(fwd)  | hello | true",
        "(fwd) | '' | true",
        "[fwd: hello] | hello | true",
        "[Fwd: Re: hello (fwd)] | hello | true",
        "[fwd: [fwd: hello]] | hello | true",
        "[fwd:] | '' | true",
        "Re: [fwd: hello] (fwd) | hello | true",
        "[fwd: hello | [fwd: hello | false",
        "Sv: hello | Sv: hello | false",
        "a  b~~c | a b c | false",
        "[PATCH 1/2] Re: | '' | true",
      })
  void ofRfc5256(String subject, String base, boolean reply) {
    assertEquals(new BaseSubject(base, reply), BaseSubject.of(subject.replace('~', '\t')));
  }

  @Test
  void encodedWordsAreUndoneFirst() {
    assertEquals(
        new BaseSubject("gr\u00fc\u00dfe", true),
        BaseSubject.of(Octets.ascii("=?utf-8?Q?Re=3A_?=\r\n =?utf-8?Q?gr=C3=BC=C3=9Fe?= (fwd)")));
    assertEquals(new BaseSubject("", false), BaseSubject.of((Octets) null));
  }

  @Property
  void theBaseHasNothingMoreToTakeAway(@ForAll("subjects") String subject) {
    String base = BaseSubject.of(subject).text();
    assertEquals(new BaseSubject(base, false), BaseSubject.of(base));
  }

  @Provide
  Arbitrary<String> subjects() {
    return Arbitraries.of("re", "FW", "d", ":", "[", "]", " ", "\t", "(fwd)", "[fwd:", "x", "[b]")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }
}
