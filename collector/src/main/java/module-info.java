/** Fetches mail from outside POP3 and IMAP mailboxes. */
module org.posthorn.collector {
  requires static org.jspecify;
  requires transitive org.posthorn.delivery;
  requires org.apache.commons.net;

  exports org.posthorn.collector;
}
