/** How texts are compared: the collations of RFC 4790 that SEARCH, SORT and THREAD may use. */
@NullMarked
package org.posthorn.imap.collation;

import org.jspecify.annotations.NullMarked;
