/**
 * The FETCH command: its items, message sections, and how envelope and body structure are written.
 */
@NullMarked
package org.posthorn.imap.fetch;

import org.jspecify.annotations.NullMarked;
