/** JUnit 5 extension: a whole mail server in a test. */
module org.posthorn.testkit.junit {
  requires static org.jspecify;
  requires transitive org.posthorn.server;
  requires transitive org.posthorn.store.memory;
  requires transitive org.posthorn.delivery;
  requires transitive org.posthorn.security;
  requires transitive org.junit.jupiter.api;

  exports org.posthorn.testkit.junit;
}
