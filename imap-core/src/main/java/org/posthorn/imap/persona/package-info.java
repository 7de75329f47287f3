/**
 * What some servers speak and some clients expect, though no RFC has it; announced only where the
 * integrator asks for it.
 */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.persona;
