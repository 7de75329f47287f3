/** JUnit 5 extension, store contract kit and transcript runner. */
module org.posthorn.testkit {
  requires static org.jspecify;
  requires transitive org.posthorn.server;
  requires transitive org.posthorn.store.memory;
  requires transitive org.junit.jupiter.api;
}
