/** Names and patterns of LIST and LSUB: matching, attributes, wire form of mailbox names. */
@NullMarked
package org.posthorn.imap.list;

import org.jspecify.annotations.NullMarked;
