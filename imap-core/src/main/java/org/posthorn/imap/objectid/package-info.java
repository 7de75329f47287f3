/** RFC 8474: identifiers of mailboxes, messages and threads. */
@NullMarked
package org.posthorn.imap.objectid;

import org.jspecify.annotations.NullMarked;
