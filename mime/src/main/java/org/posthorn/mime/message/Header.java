package org.posthorn.mime.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Field;
import org.posthorn.mime.Octets;

/**
 * The header of a message or part. Its fields are slices of the header's octets; nothing is copied.
 */
public final class Header {

  private final Octets octets;
  private final List<HeaderField> fields;

  /**
   * @param octets from the header's start, at least up to the end of the last field
   */
  Header(Octets octets, long start, List<Field> places) {
    this.octets = octets;
    HeaderField[] found = new HeaderField[places.size()];
    for (int i = 0; i < found.length; i++) {
      Field place = places.get(i);
      int valueStart = (int) (place.valueStart() - start);
      found[i] =
          new HeaderField(place.name(), octets.slice(valueStart, (int) (place.end() - start)));
    }
    fields = List.of(found);
  }

  /** The header up to its last field, as it is stored. */
  public Octets octets() {
    return octets;
  }

  /** All fields in their order. */
  public List<HeaderField> fields() {
    return fields;
  }

  /** The first field of that name in any case, or null. */
  public @Nullable HeaderField first(String name) {
    for (HeaderField field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field;
      }
    }
    return null;
  }

  /** The fields of that name in any case, in their order. */
  public List<HeaderField> all(String name) {
    List<HeaderField> found = new ArrayList<>();
    for (HeaderField field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        found.add(field);
      }
    }
    return List.copyOf(found);
  }

  /** The decoded text of the first field of that name, or null. */
  public @Nullable String text(String name) {
    HeaderField field = first(name);
    return field == null ? null : field.text();
  }
}
