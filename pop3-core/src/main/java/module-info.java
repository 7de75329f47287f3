/** The POP3 engine. */
module org.posthorn.pop3 {
  requires static org.jspecify;
  requires transitive org.posthorn.protocol;

  exports org.posthorn.pop3;
}
