package org.posthorn.benchmarks.mime;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import java.io.StringReader;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.field.datetime.parser.DateTimeParser;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.posthorn.mime.AddressParser;
import org.posthorn.mime.MailAddress;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.Octets;

/** An address list of four, and a date: ns for one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FieldBenchmark {

  private final String addresses =
      "Some One <one@example.org>, \"Two, Too\" <two@example.net>, three@example.com,"
          + " Group: a@example.org, b@example.org;";
  private final Octets addressOctets = Octets.ascii(addresses);
  private final String date = "Fri, 21 Nov 1997 09:55:06 -0600";
  private final Octets dateOctets = Octets.ascii(date);
  private final MailDateFormat format = new MailDateFormat();

  /** Ours. */
  @Benchmark
  public List<MailAddress> addressesPosthorn() {
    return AddressParser.parse(addressOctets);
  }

  /** mime4j's lenient parser. */
  @Benchmark
  public AddressList addressesMime4j() {
    return LenientAddressParser.DEFAULT.parseAddressList(addresses);
  }

  /** Angus Mail. */
  @Benchmark
  public InternetAddress[] addressesAngus() throws AddressException {
    return InternetAddress.parseHeader(addresses, false);
  }

  /** Ours. */
  @Benchmark
  public @Nullable Object datePosthorn() {
    return MailDate.parse(dateOctets);
  }

  /** mime4j's parser. */
  @Benchmark
  public Date dateMime4j() throws org.apache.james.mime4j.field.datetime.parser.ParseException {
    return new DateTimeParser(new StringReader(date)).parseAll().getDate();
  }

  /** Angus Mail. */
  @Benchmark
  public Date dateAngus() throws ParseException {
    return format.parse(date);
  }
}
