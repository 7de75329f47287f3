/** RFC 7162: CONDSTORE and QRESYNC. */
@NullMarked
package org.posthorn.imap.condstore;

import org.jspecify.annotations.NullMarked;
