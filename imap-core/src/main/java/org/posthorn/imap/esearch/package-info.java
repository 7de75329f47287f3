/** Results of SEARCH and its relatives: ESEARCH (RFC 4731), SEARCHRES (RFC 5182), PARTIAL. */
@NullMarked
package org.posthorn.imap.esearch;

import org.jspecify.annotations.NullMarked;
