/** The SORT command (RFC 5256), its keys, and the order that they give. */
@NullMarked
package org.posthorn.imap.sort;

import org.jspecify.annotations.NullMarked;
