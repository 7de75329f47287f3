/** The outbound queue: durable, with MX routing, retries and status notifications. */
module org.posthorn.relay {
  requires static org.jspecify;
  requires transitive org.posthorn.delivery;
  requires transitive org.posthorn.smtp.client;
  requires org.posthorn.mime;
  requires org.posthorn.sqlite;
  requires java.net.http;
  requires org.dnsjava;

  exports org.posthorn.relay;
}
