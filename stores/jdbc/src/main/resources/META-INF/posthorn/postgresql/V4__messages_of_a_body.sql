-- From what a search found in text_index to messages.
CREATE INDEX message_body ON message (body);
