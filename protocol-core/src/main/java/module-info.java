/** What the three engines share: engine contract, framing, limits, SASL, events. */
module org.posthorn.protocol {
  requires java.naming;
  requires static org.jspecify;
  requires transitive org.posthorn.store;

  exports org.posthorn.protocol;
  exports org.posthorn.protocol.sasl;
  exports org.posthorn.protocol.stringprep;
  exports org.posthorn.protocol.url;
}
