/** The IMAP engine. */
module org.posthorn.imap {
  requires static org.jspecify;
  requires transitive org.posthorn.protocol;

  exports org.posthorn.imap;
  exports org.posthorn.imap.command;
  exports org.posthorn.imap.condstore;
  exports org.posthorn.imap.esearch;
  exports org.posthorn.imap.fetch;
  exports org.posthorn.imap.list;
  exports org.posthorn.imap.objectid;
  exports org.posthorn.imap.savedate;
  exports org.posthorn.imap.search;
  exports org.posthorn.imap.url;
  exports org.posthorn.imap.wire;
}
