package org.posthorn.mime.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HtmlTextTest {

  private static String text(String html) {
    HtmlText converter = new HtmlText();
    StringBuilder out = new StringBuilder();
    converter.convert(html.toCharArray(), 0, html.length(), out);
    converter.finish(out);
    return out.toString();
  }

  @Test
  void whatAReaderSees() {
    assertEquals(
        "Hello Jörg & Co\nnext line\nsecond cell",
        text(
            "<!DOCTYPE html><html><head><title>no</title><style>p{a:b}</style></head><body>"
                + "<p>Hello <b>J&ouml;rg</b> &amp;   Co<br/>next\r\n line</p>"
                + "<table><tr><td>second cell</td></tr></table></body></html>"));
  }

  @Test
  void scriptsAndCommentsGo() {
    assertEquals("a b", text("a<!-- x > <p> --> b"));
    assertEquals("ab", text("a<script>if (a<b && c>d) '<p>';</script>b"));
    assertEquals("ab", text("a<style><!-- p > q --></style>b"));
    assertEquals("ab", text("a<!---->b"));
  }

  @Test
  void attributesMayHoldBrackets() {
    assertEquals("x", text("<a title=\"1 > 2\" href='>'>x</a>"));
    assertEquals("it's", text("<p class=a>it's</p>"));
  }

  @Test
  void references() {
    assertEquals("€ 😀 “ & é", text("&#8364; &#x1F600; &#147; & &eacute;"));
    assertEquals("a&b;c &unknown;", text("a&b;c &unknown;"));
    assertEquals("\ufffd", text("&#0;"));
  }

  @Test
  void aHeadThatIsNotClosedHidesNoBody() {
    assertEquals("seen", text("<head><meta a=b><body>seen"));
  }

  @Test
  void aBracketIsText() {
    assertEquals("1 < 2", text("1 < 2"));
    assertEquals("a <3 b", text("a <3 b"));
  }

  @Property
  void anyCutGivesTheSameText(@ForAll String html) throws IOException {
    String markup = html.replace('e', '<').replace('a', '>').replace('o', '&');
    HtmlText converter = new HtmlText();
    StringBuilder out = new StringBuilder();
    char[] characters = markup.toCharArray();
    for (int i = 0; i < characters.length; i++) {
      converter.convert(characters, i, 1, out);
    }
    converter.finish(out);
    assertEquals(text(markup), out.toString());
    assertEquals(
        text(markup), Readers.upTo(new HtmlReader(new StringReader(markup)), Integer.MAX_VALUE));
  }
}
