package org.posthorn.pop3;

import java.util.List;

/** Commands and the capabilities that announce them: neither is there without the other. */
public interface Pop3Extension {
  /** Such as STLS; by this name it is {@linkplain Pop3Service.Builder#without left out}. */
  String name();

  /** What it understands. */
  List<Pop3Command> commands();

  /**
   * Its lines in the answer to CAPA (RFC 2449) as things stand, empty when it cannot be used now.
   */
  List<String> capabilities(Pop3Session session);

  /** Commands under one capability that always holds. */
  static Pop3Extension of(String capability, Pop3Command... commands) {
    List<Pop3Command> all = List.of(commands);
    String name = capability.split(" ", 2)[0];
    return new Pop3Extension() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Pop3Command> commands() {
        return all;
      }

      @Override
      public List<String> capabilities(Pop3Session session) {
        return List.of(capability);
      }
    };
  }
}
