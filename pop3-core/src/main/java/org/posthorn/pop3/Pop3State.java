package org.posthorn.pop3;

/** The states of RFC 1939 section 3 in which commands are taken; UPDATE follows QUIT at once. */
public enum Pop3State {
  AUTHORIZATION,
  TRANSACTION
}
