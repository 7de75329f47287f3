package org.posthorn.imap;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.fetch.FetchView;
import org.posthorn.imap.list.WireName;
import org.posthorn.imap.notify.Notifications;
import org.posthorn.imap.notify.SelectedEvents;
import org.posthorn.imap.wire.LiteralHeader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.Flow;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * One client's session: what commands know and what they may do. Confined like the engine. A
 * command answers through {@link #out}, has the store work through {@link #call}, and ends with one
 * {@link #finish}.
 */
public final class Session {
  private static final int FLUSH_AT = 16 << 10;

  private final ImapService service;
  private final ConnectionInfo connection;
  private final ResponseEncoder out = new ResponseEncoder();
  private final Flow flow = new Flow(this::flush);
  private final Input input;
  private final UnderWay underWay = new UnderWay(this);
  private final Layers layers = new Layers(flow);
  private final Set<String> enabled = new LinkedHashSet<>();
  private @Nullable Collation collation;
  private State state = State.NOT_AUTHENTICATED;
  private @Nullable Account account;
  private @Nullable Selected selected;
  private @Nullable Pushing pushing;
  private int failedLogins;
  private long unknownSince;

  /** The selected mailbox may have changed without a hint that was told to it. */
  private boolean mayHaveMissed;

  Session(ImapService service, ConnectionInfo connection) {
    this.service = service;
    this.connection = connection;
    this.input = new Input(this, service);
  }

  /** The configuration. */
  public ImapService service() {
    return service;
  }

  /** The connection. */
  public ConnectionInfo connection() {
    return connection;
  }

  /** TLS and compression. */
  public Layers layers() {
    return layers;
  }

  /** What TLS agreed upon; null without TLS. */
  public @Nullable TlsInfo tls() {
    return layers.tls();
  }

  /** The state of RFC 9051 section 3. */
  public State state() {
    return state;
  }

  /** The account; only after login. */
  public Account account() {
    Account opened = account;
    if (opened == null) {
      throw new IllegalStateException("nobody logged in");
    }
    return opened;
  }

  /** The selected mailbox; only in the selected state. */
  public Selected selected() {
    Selected mailbox = selected;
    if (mailbox == null) {
      throw new IllegalStateException("no mailbox is selected");
    }
    return mailbox;
  }

  /** How mailbox names stand on the wire now. */
  public WireName wireName() {
    return Utf8Accept.isEnabled(this) ? WireName.UTF8 : WireName.MODIFIED_UTF7;
  }

  /** Whether a mailbox is selected and has this name. */
  public boolean isSelected(MailboxName name) {
    return selected != null && selected.info().name().equals(name);
  }

  /** What the client switched on with ENABLE. */
  public Set<String> enabled() {
    return enabled;
  }

  /**
   * Whether the client switched something on.
   *
   * @param name in upper case
   */
  public boolean isEnabled(String name) {
    return !enabled.isEmpty() && enabled.contains(name);
  }

  /** The tag of the command under way. */
  public Octets tag() {
    return underWay.tag();
  }

  /** The active comparator (RFC 5255 section 4.2). */
  public Collation collation() {
    return collation == null ? Collation.DEFAULT : collation;
  }

  /** Makes another comparator the active one. */
  public void collation(Collation active) {
    collation = active;
  }

  /** Where responses are written. */
  public ResponseEncoder out() {
    return out;
  }

  /** An untagged status response with a code. */
  public void untagged(Status status, ResponseCode code, String text) {
    StatusLine.write(out.untagged(), status, code, text);
  }

  /** Ends the command with OK. */
  public void ok(String text) {
    finish(Status.OK, null, text);
  }

  /** Ends the command with OK and a code. */
  public void ok(ResponseCode code, String text) {
    finish(Status.OK, code, text);
  }

  /** Ends the command with NO and a code. */
  public void no(ResponseCode code, String text) {
    finish(Status.NO, code, text);
  }

  /** Ends the command with BAD. */
  public void bad(String text) {
    finish(Status.BAD, null, text);
  }

  /** Ends the command with what the table of failures says. */
  public void fail(StoreException why) {
    fault(underWay.name(), why);
    finish(Status.NO, Failures.code(why.code()), Failures.text(why));
  }

  /** Tells the integrator of a failure, if it is one that he has to look at. */
  public void fault(String where, StoreException why) {
    if (Failures.isOurs(why.code())) {
      event(new Event.Fault(where, why));
    }
  }

  /** Ends the command: tells what the view missed, where that is allowed, and then how it went. */
  public void finish(Status status, @Nullable ResponseCode code, String text) {
    underWay.finish(status, code, text);
  }

  /** Takes leave and closes. */
  public void bye(@Nullable ResponseCode code, String text) {
    if (flow.closed()) {
      return;
    }
    StatusLine.bye(out, code, text);
    close(text);
  }

  /** Closes after what was written is sent. */
  public void close(String reason) {
    if (flow.closed()) {
      return;
    }
    leave();
    flow.close(reason);
  }

  private void leave() {
    input.abandon();
    underWay.waits(null);
    forget();
    state = State.LOGOUT;
  }

  private void forget() {
    Pushing told = pushing;
    if (told != null) {
      told.end();
    }
    unselect();
    Account opened = account;
    if (opened != null) {
      account = null;
      release(opened);
    }
  }

  /** For output that is long or late. */
  public Flow flow() {
    return flow;
  }

  /** Has work done elsewhere; a failure ends the command. */
  public <R> void call(StoreCall<R> call, Consumer<R> then) {
    flow.call(noted(call), then, this::fail);
  }

  /** Whoever is logged in and has something done looks at mail. */
  private <R> StoreCall<R> noted(StoreCall<R> call) {
    return account == null
        ? call
        : service.retrievals().with(call, account.identity(), effects().now());
  }

  /** Has work done elsewhere. */
  public <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> failed) {
    flow.call(call, then, failed);
  }

  /** Closes a handle after all earlier output. */
  public void release(AutoCloseable handle) {
    flow.effects().release(handle);
  }

  /** Effects of the present turn. */
  public Effects effects() {
    return flow.effects();
  }

  /** Tells the integrator. */
  public void event(Event event) {
    flow.effects().event(event);
  }

  /** Has the next line given to a handler instead of being read as a command. */
  public void readLine(LineHandler handler) {
    input.readLine(handler);
  }

  /** Lets an announced literal come, with the go-ahead where the client waits for it. */
  public void takeLiteral(LiteralHeader header) {
    input.takeLiteral(header);
  }

  /** Whether STARTTLS would work now. */
  public boolean canStartTls() {
    return state() == State.NOT_AUTHENTICATED && tls() == null && connection().tlsAvailable();
  }

  /** Tells now what the view missed, if anything, then goes on. */
  public void sync(SyncPoint point, Runnable then) {
    Selected mailbox = selected;
    if (mailbox == null) {
      then.run();
    } else {
      Sync.run(this, mailbox, point, then);
    }
  }

  /** A client asks for changes: the store is asked unless it would have hinted at them. */
  public void lookForChanges() {
    Selected mailbox = selected;
    if (mailbox != null && (mayHaveMissed || !service.hintsTellAll())) {
      mayHaveMissed = false;
      mailbox.touch();
    }
  }

  /** A look for changes failed, or came too early to see them. */
  void mayHaveMissed() {
    mayHaveMissed = true;
  }

  /** The store hints at a mailbox, which may be one that is being opened this moment. */
  void hinted(MailboxId which) {
    Selected mailbox = selected;
    if (mailbox != null && mailbox.is(which)) {
      mailbox.touch();
    } else {
      mayHaveMissed();
    }
  }

  /** The command under way waits for changes, until it finishes. */
  public void waitForChanges(Waiting command) {
    underWay.waits(command);
  }

  /** Somebody logged in. */
  public void loggedIn(Account opened, String mechanism) {
    Identity identity = opened.identity();
    account = opened;
    state = State.AUTHENTICATED;
    input.loggedIn();
    event(new Event.LoggedIn(identity.account(), identity.authenticatedAs(), mechanism));
  }

  /** Everything is as before login but TLS (RFC 8437). */
  public void unauthenticate() {
    if (flow.closed()) {
      return;
    }
    forget();
    enabled.clear();
    out.allowUtf8(false);
    collation = null;
    state = State.NOT_AUTHENTICATED;
    unknownSince = flow.effects().nanoTime();
    input.loggedOut();
    layers.stopCompression();
  }

  /** Since when nobody is logged in. */
  long unknownSince() {
    return unknownSince;
  }

  void opened() {
    unknownSince = flow.effects().nanoTime();
  }

  /** A login failed; returns how many did so far. */
  public int loginFailed() {
    return ++failedLogins;
  }

  /** How FETCH responses speak of the messages of the selected mailbox. */
  public FetchView fetchView() {
    return new FetchView(
        selected().view(), shownRecent(), Utf8Accept.isEnabled(this), UidOnly.isEnabled(this));
  }

  /** The messages that the client is told are \Recent; IMAP4rev2 knows none. */
  public UidSet shownRecent() {
    return Imap4rev2.isEnabled(this) ? UidSet.EMPTY : selected().recent();
  }

  /** Somebody deleted the selected mailbox, which ends the connection (RFC 2180 section 3.3). */
  public void mailboxGone() {
    bye(null, "The selected mailbox was deleted");
  }

  /** EXPUNGE is held back at the end of this command although others of its kind may tell it. */
  public void holdExpunge() {
    underWay.holdExpunge();
  }

  /** A mailbox is selected. */
  public void select(Selected mailbox) {
    unselect();
    selected = mailbox;
    state = State.SELECTED;
    if (mayHaveMissed) {
      mayHaveMissed = false;
      mailbox.touch();
    }
    pushing();
  }

  /** No mailbox is selected any more. */
  public void unselect() {
    Selected mailbox = selected;
    if (mailbox != null) {
      selected = null;
      state = State.AUTHENTICATED;
      pushing().knowsOf(told -> told.left(mailbox));
      release(mailbox);
    }
  }

  /** What the client is told without asking. */
  public Pushing pushing() {
    Pushing told = pushing;
    if (told == null) {
      told = new Pushing(this);
      pushing = told;
    }
    return told;
  }

  /** What the client is told unasked of the selected mailbox. */
  public SelectedEvents selectedEvents() {
    return pushing().selectedEvents();
  }

  /** What NOTIFY is about, null as long as the client has not given NOTIFY. */
  @Nullable Notifications notificationsOrNull() {
    Pushing told = pushing;
    return told == null ? null : told.notificationsOrNull();
  }

  /** Tells what the client wants to hear between commands; to be called when nothing goes on. */
  void push() {
    Pushing told = pushing;
    if (told != null) {
      told.push();
    }
  }

  /** The capabilities that hold now. */
  public List<String> capabilities() {
    return service.registry().capabilities(this);
  }

  /** Hands written octets over when they are many. */
  public void flushIfLarge() {
    if (out.size() >= FLUSH_AT) {
      flow.flush();
    }
  }

  private void flush(Effects effects) {
    out.drainTo(effects::write);
  }

  Input input() {
    return input;
  }

  /** The selected mailbox; null where none is. */
  public @Nullable Selected selectedOrNull() {
    return selected;
  }

  @Nullable Waiting waiting() {
    return underWay.waiting();
  }

  /** Whether a command is under way that its client waits for. */
  public boolean isAnswering() {
    return underWay.exists() && underWay.waiting() == null;
  }

  boolean commandRunning() {
    return underWay.exists();
  }

  void begin(Octets tag, String name, SyncPoint syncPoint) {
    underWay.begin(tag, name, syncPoint);
  }

  /** How far the command under way is. */
  public Progress progress() {
    return underWay.progress();
  }

  void stop() {
    underWay.stop();
  }

  void tls(TlsInfo info) {
    layers.tlsStands(info);
    enabled.clear();
    collation = null;
  }

  void lost() {
    flow.lost();
    leave();
  }
}
