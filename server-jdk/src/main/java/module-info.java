/** The MailServer builder and the driver on JDK sockets alone. */
module org.posthorn.server {
  requires static org.jspecify;
  requires transitive org.posthorn.imap;
  requires transitive org.posthorn.pop3;
  requires transitive org.posthorn.smtp;

  exports org.posthorn.server;
  exports org.posthorn.server.jdk;
}
