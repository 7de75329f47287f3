package org.posthorn.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 5464 section 3.2. */
class EntryNameTest {
  @Test
  void caseDoesNotMatter() {
    assertEquals(new EntryName("/private/comment"), new EntryName("/Private/COMMENT"));
    assertTrue(new EntryName("/private/comment").isPrivate());
    assertFalse(new EntryName("/shared/comment").isPrivate());
  }

  @Test
  void brokenNamesAreRefused() {
    for (String name :
        List.of(
            "",
            "/",
            "comment",
            "/private",
            "/private/",
            "/other/comment",
            "/private//comment",
            "/private/comment/",
            "/private/a*",
            "/private/a%",
            "/private/\u00e9",
            "/private/a\r",
            "/shared/vendor",
            "/shared/vendor/x",
            "/private/" + "x".repeat(EntryName.MAX_LENGTH))) {
      assertThrows(IllegalArgumentException.class, () -> new EntryName(name), name);
    }
  }

  @Test
  void vendorNamesHaveFourComponents() {
    assertEquals(
        "/shared/vendor/posthorn/colour",
        new EntryName("/shared/vendor/posthorn/colour").toString());
  }
}
