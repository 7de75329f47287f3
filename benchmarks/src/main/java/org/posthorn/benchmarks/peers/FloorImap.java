package org.posthorn.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * An IMAP server of canned answers; every FETCH gets ten thousand rows, and every connection in
 * IDLE hears of each APPEND, whoever made it.
 */
@SuppressWarnings({"FutureReturnValueIgnored", "StringConcatToTextBlock"}) // CRLF ends lines
final class FloorImap extends FloorHandler {
  private static final int ROWS = 10_000;
  private static final int BLOCK = 100;
  private static final ByteBuf GREETING = canned("* OK [CAPABILITY IMAP4rev1] floor\r\n");
  private static final ByteBuf OK = canned(" OK Done.\r\n");
  private static final ByteBuf GO_AHEAD = canned("+ OK\r\n");
  private static final ByteBuf SELECTED =
      canned(
          "* FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen)\r\n* 10000 EXISTS\r\n"
              + "* 0 RECENT\r\n* OK [UIDVALIDITY 1] UIDs valid.\r\n"
              + "* OK [UIDNEXT 10001] Next UID.\r\n");
  private static final ByteBuf STATUS =
      canned("* STATUS INBOX (MESSAGES 10000 UIDNEXT 10001 UIDVALIDITY 1 UNSEEN 0)\r\n");
  private static final ByteBuf FLAGS = rows("(UID 1234 FLAGS (\\Seen))");
  private static final ByteBuf ENVELOPE =
      rows(
          "(UID 1234 ENVELOPE (\"Sun, 22 Nov 2026 10:00:00 +0000\" \"Report 1234 of the quarter\" "
              + "((\"Sender Number 7\" NIL \"sender7\" \"example.org\")) "
              + "((\"Sender Number 7\" NIL \"sender7\" \"example.org\")) "
              + "((\"Sender Number 7\" NIL \"sender7\" \"example.org\")) "
              + "((\"Bench, A.\" NIL \"bench0\" \"example.com\")"
              + "(\"Other\" NIL \"other\" \"example.com\")) "
              + "((NIL NIL \"team\" \"example.com\")) NIL NIL "
              + "\"<1234.bench@mail.example.org>\"))");
  private static final ByteBuf STRUCTURE =
      rows(
          "(UID 1234 BODYSTRUCTURE ((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" "
              + "91 1 NIL NIL NIL NIL)(\"text\" \"html\" (\"charset\" \"utf-8\") NIL NIL "
              + "\"quoted-printable\" 3123 34 NIL NIL NIL NIL) \"alternative\" "
              + "(\"boundary\" \"=_part_1234\") NIL NIL NIL))");
  private static final ByteBuf FIELDS =
      rows(
          "(UID 1234 BODY[HEADER.FIELDS (SUBJECT FROM DATE)] {121}\r\n"
              + "Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n"
              + "From: Sender Number 7 <sender7@example.org>\r\n"
              + "Subject: Report 1234 of the quarter\r\n\r\n)");
  private static final ByteBuf BODY =
      rows("(UID 1234 BODY[] {4096}\r\n" + "x".repeat(4094) + "\r\n)");

  private static final ByteBuf NOTICE = canned("* 10001 EXISTS\r\n");
  private static final ChannelGroup IDLE = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private int literal;
  private byte[] appended = {};

  FloorImap() {
    super(GREETING);
  }

  private static ByteBuf rows(String row) {
    return canned(("* 1234 FETCH " + row + "\r\n").repeat(BLOCK));
  }

  @Override
  void content(ChannelHandlerContext ctx, ByteBuf octets) {
    int taken = Math.min(literal, octets.readableBytes());
    octets.skipBytes(taken);
    literal -= taken;
  }

  @Override
  void command(ChannelHandlerContext ctx, ByteBuf line) {
    int space = line.bytesBefore((byte) ' ');
    if (space < 0) { // the empty line behind a literal
      done(ctx, Unpooled.wrappedBuffer(appended));
      IDLE.writeAndFlush(NOTICE, ChannelMatchers.all(), true);
      return;
    }
    int word = line.readerIndex() + space + 1;
    switch (line.getByte(word)) {
      case 'U' -> fetch(ctx, line, word);
      case 'I' -> {
        IDLE.add(ctx.channel());
        ctx.write(GO_AHEAD.duplicate(), ctx.voidPromise());
        return;
      }
      case 'A' -> {
        literal = size(line);
        appended = new byte[space];
        line.getBytes(line.readerIndex(), appended);
        ctx.write(GO_AHEAD.duplicate(), ctx.voidPromise());
        return;
      }
      case 'S' ->
          ctx.write(
              line.getByte(word + 1) == 'T' ? STATUS.duplicate() : SELECTED.duplicate(),
              ctx.voidPromise());
      default -> {}
    }
    done(ctx, ctx.alloc().buffer(space).writeBytes(line, space));
  }

  private static void done(ChannelHandlerContext ctx, ByteBuf tag) {
    ctx.write(tag, ctx.voidPromise());
    ctx.write(OK.duplicate(), ctx.voidPromise());
  }

  /** Of "{4096}" at the end of a line. */
  private static int size(ByteBuf line) {
    int number = 0;
    for (int at = line.bytesBefore((byte) '{') + line.readerIndex() + 1; ; at++) {
      int digit = line.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        return number;
      }
      number = number * 10 + digit;
    }
  }

  /** Told apart by the letters behind "UID FETCH 1:* (". */
  private static void fetch(ChannelHandlerContext ctx, ByteBuf line, int word) {
    int item = word + "UID FETCH 1:* (".length();
    ByteBuf rows =
        switch (line.getByte(item)) {
          case 'E' -> ENVELOPE;
          case 'B' ->
              line.getByte(item + 4) == 'S'
                  ? STRUCTURE
                  : line.getByte(item + "BODY.PEEK[".length()) == 'H' ? FIELDS : BODY;
          default -> FLAGS;
        };
    for (int i = 0; i < ROWS / BLOCK; i++) {
      ctx.write(rows.duplicate(), ctx.voidPromise());
    }
  }
}
