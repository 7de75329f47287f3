/** How long mail and unused accounts are kept. */
module org.posthorn.retention {
  requires static org.jspecify;
  requires transitive org.posthorn.delivery;

  exports org.posthorn.retention;
}
