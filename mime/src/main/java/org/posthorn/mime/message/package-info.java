/**
 * Reading messages: {@link org.posthorn.mime.message.Message} and {@link
 * org.posthorn.mime.message.MessagePart} over octets in memory or in a store, header fields as
 * typed values, decoded contents as streams, attachments, text for search and preview.
 */
@NullMarked
package org.posthorn.mime.message;

import org.jspecify.annotations.NullMarked;
