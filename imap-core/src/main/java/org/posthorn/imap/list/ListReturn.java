package org.posthorn.imap.list;

/** What a LIST response tells of a name besides whether it can be selected. */
public enum ListReturn {
  /** \HasChildren and \HasNoChildren (RFC 3348). */
  CHILDREN,
  /** The special-use attributes (RFC 6154 section 2). */
  SPECIAL_USE,
  /** \Subscribed (RFC 5258 section 3). */
  SUBSCRIBED
}
