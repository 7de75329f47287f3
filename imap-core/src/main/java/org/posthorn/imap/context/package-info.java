/** Search results that are kept up to date: CONTEXT=SEARCH and CONTEXT=SORT (RFC 5267). */
@NullMarked
package org.posthorn.imap.context;

import org.jspecify.annotations.NullMarked;
