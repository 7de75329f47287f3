/** The commands of IMAP, one class each. */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.command;
