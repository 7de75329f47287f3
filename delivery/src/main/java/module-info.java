/** From an accepted message to mailboxes. */
module org.posthorn.delivery {
  requires static org.jspecify;
  requires transitive org.posthorn.smtp;

  exports org.posthorn.delivery;
}
