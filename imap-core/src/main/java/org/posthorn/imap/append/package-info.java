/** APPEND with MULTIAPPEND and CATENATE, and REPLACE: how messages come in. */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.append;
