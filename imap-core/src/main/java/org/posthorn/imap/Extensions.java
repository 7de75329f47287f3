package org.posthorn.imap;

import java.util.List;
import org.posthorn.imap.command.Capability;
import org.posthorn.imap.command.Logout;
import org.posthorn.imap.command.Noop;

/** The extensions that come with this library. */
public final class Extensions {
  private Extensions() {}

  /** All of them but those that an integrator has to ask for, in the order of announcement. */
  public static List<ImapExtension> standard() {
    return List.of(Extension.of("IMAP4rev1", new Capability(), new Noop(), new Logout()));
  }
}
