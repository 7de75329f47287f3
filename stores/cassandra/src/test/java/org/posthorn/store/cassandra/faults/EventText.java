package org.posthorn.store.cassandra.faults;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthorn.store.UidSet;

/** Events as text: the components of the records are the words. */
final class EventText {
  private EventText() {}

  static String word(Class<?> kind) {
    return kind.getSimpleName().toLowerCase(Locale.ROOT);
  }

  static List<Object> values(Event event) {
    List<Object> values = new ArrayList<>();
    try {
      for (RecordComponent component : event.getClass().getRecordComponents()) {
        values.add(component.getAccessor().invoke(event));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return values;
  }

  static String text(Object value) {
    String text = value instanceof UidSet uids ? uids.toString() : String.valueOf(value);
    return text.isEmpty() ? "-" : text;
  }

  static Event parse(String line) {
    String[] words = line.split(" ", -1);
    boolean transfer = words[0].equals("copy") || words[0].equals("move");
    for (Class<? extends Event> kind : Event.KINDS) {
      if (transfer ? kind == Event.Transfer.class : word(kind).equals(words[0])) {
        return make(kind, words, transfer ? 0 : 1, line);
      }
    }
    throw new IllegalArgumentException("no event: " + line);
  }

  private static Event make(Class<? extends Event> kind, String[] words, int first, String line) {
    RecordComponent[] components = kind.getRecordComponents();
    if (words.length - first != components.length) {
      throw new IllegalArgumentException(components.length + " words are due: " + line);
    }
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(types[i], words[first + i]);
    }
    try {
      return kind.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  private static Object value(Class<?> type, String word) {
    if (type == long.class) {
      return Long.parseLong(word);
    }
    if (type == UidSet.class) {
      return word.equals("-") ? UidSet.EMPTY : UidSet.parse(word);
    }
    if (type == Event.Result.class) {
      return Event.Result.valueOf(word);
    }
    return word.equals("-") ? "" : word;
  }
}
