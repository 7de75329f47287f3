#!/usr/bin/env bash
# curl: all eight ways in; send, append, fetch, flag, search, copy, move, expunge; POP3; what must be refused.
. "$(dirname "$0")/lib.sh"
start_server

write_message "$work/one" "curl one"
write_message "$work/two" "curl two"
write_message "$work/three" "curl three"

# Sending: STARTTLS, implicit TLS, and the port that takes mail for local domains from anybody.
send "$work/one" "$alice" "$bob"
as "$alice" "smtps://$host:$(port submissions)/client.example.org" \
  --mail-from "$alice" --mail-rcpt "$bob" --upload-file "$work/two"
curl -sS --max-time 60 "smtp://$host:$(port smtp)/mx.example.net" \
  --mail-from someone@example.net --mail-rcpt "$bob" --upload-file "$work/three"
wait_for "three messages" has_messages "$bob" INBOX 3

expect_failure "a wrong password at submission" curl -sS --ssl-reqd --cacert "$work/cert.pem" --user "$alice:wrong" \
  "smtp://$host:$(port submission)" --mail-from "$alice" --mail-rcpt "$bob" --upload-file "$work/one"
expect_failure "submission without authentication" curl -sS --ssl-reqd --cacert "$work/cert.pem" \
  "smtp://$host:$(port submission)" --mail-from "$alice" --mail-rcpt "$bob" --upload-file "$work/one"
expect_failure "relaying" curl -sS "smtp://$host:$(port smtp)" \
  --mail-from someone@example.net --mail-rcpt other@example.net --upload-file "$work/one"
expect_failure "an unknown local recipient" curl -sS "smtp://$host:$(port smtp)" \
  --mail-from someone@example.net --mail-rcpt nobody@example.org --upload-file "$work/one"

# Reading over implicit TLS and over STARTTLS.
imap "$bob" "INBOX;UID=1" -o "$work/received"
expect_suffix "$work/one" "$work/received"
as "$bob" --ssl-reqd "imap://$host:$(port imap)/INBOX;UID=2" -o "$work/received"
expect_suffix "$work/two" "$work/received"
expect_failure "a wrong password at IMAP" curl -sS --cacert "$work/cert.pem" --user "$bob:wrong" \
  "imaps://$host:$(port imaps)/INBOX;UID=1"
imap "$bob" "INBOX;UID=1;SECTION=HEADER.FIELDS%20(SUBJECT)" -o "$work/received"
expect_match "the header" '^Subject: curl one' "$(cat "$work/received")"
imap "$bob" "INBOX;UID=1;SECTION=TEXT" -o "$work/received"
body_of "$work/one" >"$work/text"
expect_same "$work/text" "$work/received"

# What is appended comes back octet for octet.
imap "$bob" "" -X 'CREATE "Work/2026"'
imap "$bob" "Work%2F2026" --upload-file "$work/one"
imap "$bob" "Work%2F2026;UID=1" -o "$work/received"
expect_same "$work/one" "$work/received"
expect_match "LIST" 'Work/2026' "$(imap "$bob" "")"

# Flags and searching.
imap "$bob" INBOX -X 'UID STORE 1 +FLAGS (\Flagged $Posthorn)' >"$work/stored"
expect_match "the flags" '\\Flagged.*\$Posthorn|\$Posthorn.*\\Flagged' "$(message_flags "$bob" INBOX 1)"
expect_match "SEARCH FLAGGED" '^\* SEARCH 1$' "$(imap "$bob" 'INBOX?FLAGGED' | tr -d '\r')"
expect_match "SEARCH SUBJECT" '^\* SEARCH 2$' "$(imap "$bob" 'INBOX?SUBJECT%20%22curl%20two%22' | tr -d '\r')"
expect_match "SEARCH BODY" '^\* SEARCH 1 2 3$' "$(imap "$bob" 'INBOX?BODY%20%22leading%20dot%22' | tr -d '\r')"

# Copying, moving, deleting.
imap "$bob" INBOX -X 'UID COPY 1 "Work/2026"' >"$work/copied"
expect "messages after COPY" 2 "$(message_count "$bob" Work/2026)"
imap "$bob" "Work%2F2026;UID=2" -o "$work/received"
expect_suffix "$work/one" "$work/received"
expect_match "the copy's flags" '\\Flagged' "$(message_flags "$bob" Work%2F2026 2)"
imap "$bob" INBOX -X 'UID MOVE 2 "Work/2026"' >"$work/moved"
expect "messages after MOVE" "2 3" "$(message_count "$bob" INBOX) $(message_count "$bob" Work/2026)"
imap "$bob" INBOX -X 'UID STORE 3 +FLAGS.SILENT (\Deleted)'
imap "$bob" INBOX -X EXPUNGE >"$work/expunged"
expect "messages after EXPUNGE" 1 "$(message_count "$bob" INBOX)"
imap "$bob" "" -X 'RENAME "Work/2026" "Archive"'
expect "messages after RENAME" 3 "$(message_count "$bob" Archive)"

# With sqlite everything is still there after a stop and a start.
if [ "$store" = sqlite ]; then
  stop_server
  start_server
  expect "messages after a restart" "1 3" "$(message_count "$bob" INBOX) $(message_count "$bob" Archive)"
  expect_match "flags after a restart" '\\Flagged' "$(message_flags "$bob" INBOX 1)"
fi

# POP3 over both kinds of TLS.
pop3=pop3s://$host:$(port pop3s)
expect "messages over POP3" 1 "$(as "$bob" "$pop3/" | grep -c '^[0-9]')"
as "$bob" "$pop3/1" -o "$work/received"
expect_suffix "$work/one" "$work/received"
expect_match "UIDL" '^1 [!-~]+' "$(as "$bob" "$pop3/" -X UIDL | tr -d '\r')"
expect_match "TOP" '^Subject: curl one' "$(as "$bob" "$pop3/" -X 'TOP 1 1' | tr -d '\r')"
expect_failure "a wrong password at POP3" curl -sS --cacert "$work/cert.pem" --user "$bob:wrong" "$pop3/"
as "$bob" --ssl-reqd "pop3://$host:$(port pop3)/1" -X DELE --head
expect "messages after DELE" 0 "$(message_count "$bob" INBOX)"

stop_server
