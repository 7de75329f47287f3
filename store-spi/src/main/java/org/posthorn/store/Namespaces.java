package org.posthorn.store;

import java.util.List;

/** RFC 2342. */
public record Namespaces(
    List<Namespace> personal, List<Namespace> otherUsers, List<Namespace> shared) {
  /** One personal namespace without prefix and nothing else. */
  public static final Namespaces PERSONAL_ONLY =
      new Namespaces(List.of(new Namespace("")), List.of(), List.of());

  public Namespaces {
    personal = List.copyOf(personal);
    otherUsers = List.copyOf(otherUsers);
    shared = List.copyOf(shared);
  }

  /**
   * Where names of one kind begin.
   *
   * @param prefix with its trailing delimiter; empty for the personal namespace at the root
   */
  public record Namespace(String prefix) {}
}
