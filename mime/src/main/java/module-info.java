/** Internet messages: streaming index, decoding, composing. Depends on the JDK alone. */
module org.posthorn.mime {
  requires static org.jspecify;

  exports org.posthorn.mime;
  exports org.posthorn.mime.compose;
  exports org.posthorn.mime.message;
}
