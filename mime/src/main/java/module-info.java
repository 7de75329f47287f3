/** Messages: streaming parser, index, decoding and composing. */
module org.posthorn.mime {
  requires static org.jspecify;
}
