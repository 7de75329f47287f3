/** Store contract kit, engine harness, transcript runner and mail generator. */
module org.posthorn.testkit {
  requires static org.jspecify;
  requires transitive org.posthorn.protocol;
  requires transitive org.junit.jupiter.api;

  exports org.posthorn.testkit;
  exports org.posthorn.testkit.engine;
  exports org.posthorn.testkit.sasl;
  exports org.posthorn.testkit.store;
  exports org.posthorn.testkit.transcript;
}
