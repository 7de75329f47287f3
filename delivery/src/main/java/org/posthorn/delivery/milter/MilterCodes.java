package org.posthorn.delivery.milter;

/** Octets of the protocol, as the milter library of Sendmail 8.14 and later has them. */
final class MilterCodes {
  static final int VERSION = 6;

  // commands
  static final char ABORT = 'A';
  static final char BODY = 'B';
  static final char CONNECT = 'C';
  static final char MACRO = 'D';
  static final char END_OF_BODY = 'E';
  static final char HELO = 'H';
  static final char HEADER = 'L';
  static final char MAIL = 'M';
  static final char END_OF_HEADER = 'N';
  static final char NEGOTIATE = 'O';
  static final char QUIT = 'Q';
  static final char RCPT = 'R';
  static final char DATA = 'T';

  // what we let it do: SMFIF_ADDHDRS … SMFIF_CHGFROM, SMFIF_ADDRCPT_PAR; not SMFIF_SETSYMLIST
  static final int ALL_ACTIONS = 0xFF;

  static final int ADD_HEADERS = 0x1; // and inserting
  static final int CHANGE_BODY = 0x2;
  static final int ADD_RECIPIENTS = 0x4;
  static final int DELETE_RECIPIENTS = 0x8;
  static final int CHANGE_HEADERS = 0x10;
  static final int MAY_QUARANTINE = 0x20;
  static final int CHANGE_SENDER = 0x40;
  static final int ADD_RECIPIENTS_WITH_PARAMETERS = 0x80;

  // steps it may leave out, SMFIP_*
  static final int NO_CONNECT = 0x1;
  static final int NO_HELO = 0x2;
  static final int NO_MAIL = 0x4;
  static final int NO_RCPT = 0x8;
  static final int NO_BODY = 0x10;
  static final int NO_HEADERS = 0x20;
  static final int NO_END_OF_HEADER = 0x40;
  static final int NO_REPLY_HEADER = 0x80;
  static final int NO_UNKNOWN = 0x100;
  static final int NO_DATA = 0x200;
  static final int SKIP = 0x400;
  static final int NO_REPLY_CONNECT = 0x1000;
  static final int NO_REPLY_HELO = 0x2000;
  static final int NO_REPLY_MAIL = 0x4000;
  static final int NO_REPLY_RCPT = 0x8000;
  static final int NO_REPLY_DATA = 0x10000;
  static final int NO_REPLY_UNKNOWN = 0x20000;
  static final int NO_REPLY_END_OF_HEADER = 0x40000;
  static final int NO_REPLY_BODY = 0x80000;
  static final int LEADING_SPACE = 0x100000;

  static final int OFFERED =
      NO_CONNECT
          | NO_HELO
          | NO_MAIL
          | NO_RCPT
          | NO_BODY
          | NO_HEADERS
          | NO_END_OF_HEADER
          | NO_REPLY_HEADER
          | NO_UNKNOWN
          | NO_DATA
          | SKIP
          | NO_REPLY_CONNECT
          | NO_REPLY_HELO
          | NO_REPLY_MAIL
          | NO_REPLY_RCPT
          | NO_REPLY_DATA
          | NO_REPLY_UNKNOWN
          | NO_REPLY_END_OF_HEADER
          | NO_REPLY_BODY
          | LEADING_SPACE;

  // answers
  static final char ACCEPT = 'a';
  static final char CONTINUE = 'c';
  static final char DISCARD = 'd';
  static final char CONNECTION_FAILURE = 'f';
  static final char PROGRESS = 'p';
  static final char REJECT = 'r';
  static final char SKIPPING = 's';
  static final char TEMPORARY = 't';
  static final char REPLY_CODE = 'y';
  static final char SHUTDOWN = '4';

  // changes, before the answer to the end of the body
  static final char ADD_RCPT = '+';
  static final char ADD_RCPT_WITH_PARAMETERS = '2';
  static final char DELETE_RCPT = '-';
  static final char REPLACE_BODY = 'b';
  static final char CHANGE_FROM = 'e';
  static final char ADD_HEADER = 'h';
  static final char INSERT_HEADER = 'i';
  static final char CHANGE_HEADER = 'm';
  static final char QUARANTINE = 'q';

  private MilterCodes() {}
}
