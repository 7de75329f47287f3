package org.posthorn.imap;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.imap.collation.ComparatorCommand;
import org.posthorn.imap.command.Compress;
import org.posthorn.imap.command.Expunge;
import org.posthorn.imap.command.Idle;
import org.posthorn.imap.command.Language;
import org.posthorn.imap.command.Move;
import org.posthorn.imap.command.Namespace;
import org.posthorn.imap.command.Unauthenticate;
import org.posthorn.imap.command.Unselect;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.condstore.Qresync;
import org.posthorn.imap.context.Context;
import org.posthorn.imap.multisearch.Esearch;
import org.posthorn.imap.objectid.ObjectId;
import org.posthorn.imap.savedate.SaveDate;
import org.posthorn.imap.search.Filters;
import org.posthorn.imap.search.Fuzzy;
import org.posthorn.imap.search.Within;
import org.posthorn.imap.sort.Sort;
import org.posthorn.imap.thread.ThreadAlgorithms;
import org.posthorn.store.StatusItem;

/** The extensions that come with this library. */
public final class Extensions {
  static final String LITERAL_PLUS = "LITERAL+";

  private Extensions() {}

  /** All of them but those that an integrator has to ask for, in the order of announcement. */
  public static List<ImapExtension> standard() {
    List<ImapExtension> all = new ArrayList<>(greeted());
    all.addAll(base());
    MailboxExtensions.addTo(all);
    return List.copyOf(all);
  }

  /**
   * Those which a client may want to know of before it logs in: the greeting names them, and no
   * others. It stays short, since Commons Net reads no status response of more than 500 octets.
   */
  static List<ImapExtension> greeted() {
    List<ImapExtension> greeted = new ArrayList<>();
    greeted.add(new Imap4rev1());
    greeted.add(new Imap4rev2());
    greeted.addAll(Greeted.all());
    return greeted;
  }

  private static List<ImapExtension> base() {
    return List.of(
        Extension.of("IDLE", new Idle()),
        Extension.of("NAMESPACE", new Namespace()),
        // RFC 3348: LIST without options always tells.
        Extension.of("CHILDREN"),
        // RFC 6154 section 3: CREATE takes USE.
        Extension.of("CREATE-SPECIAL-USE"),
        Extension.of("UNSELECT", new Unselect()),
        // RFC 4315: APPEND, COPY and MOVE always tell the new UIDs.
        Extension.of("UIDPLUS", Expunge.byUid()),
        Extension.of("MOVE", Move.bySequence(), Move.byUid()),
        // RFC 4731 and RFC 5182: the result options of SEARCH.
        Extension.of("ESEARCH"),
        Extension.of("SEARCHRES"),
        new Within(),
        new Fuzzy(),
        Extension.of("SORT", Sort.bySequence(), Sort.byUid()),
        // RFC 5957 and RFC 5267: more keys and result options of SORT.
        Extension.of("SORT=DISPLAY"),
        Extension.of("ESORT"),
        new Context(Context.SEARCH),
        new Context(Context.SORT),
        ThreadAlgorithms.orderedSubject(),
        ThreadAlgorithms.references(),
        ThreadAlgorithms.refs(),
        Extension.of("MULTISEARCH", new Esearch()),
        new Filters(),
        // RFC 5255 section 4: SEARCH, SORT and THREAD compare by i;unicode-casemap or as chosen.
        Extension.of("I18NLEVEL=1"),
        Extension.of("I18NLEVEL=2", new ComparatorCommand()),
        new CondStore(),
        new Qresync(),
        new Utf8Accept(),
        new UidOnly(),
        // RFC 9394: SEARCH and UID FETCH take a range of results.
        Extension.of("PARTIAL"),
        new ObjectId(),
        new SaveDate(),
        new StatusExtension("STATUS=SIZE", "SIZE", StatusItem.SIZE),
        new AppendLimit(),
        // RFC 4978; not to be offered where it is active already.
        Extension.when(Compress::possible, "COMPRESS=DEFLATE", new Compress()),
        Extension.of("LANGUAGE", new Language()),
        // RFC 9585: long searches tell how far they are.
        Extension.of("INPROGRESS"),
        Extension.when(Extensions::loggedIn, "UNAUTHENTICATE", new Unauthenticate()));
  }

  private static boolean loggedIn(Session session) {
    return State.LOGGED_IN.contains(session.state());
  }
}
