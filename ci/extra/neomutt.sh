#!/usr/bin/env bash
# neomutt: a person's session at a terminal: send with an attachment, read, flag, save to a mailbox, delete.
. "$(dirname "$0")/lib.sh"
start_server

# account USER PASSWORD: writes that user's configuration.
account() {
  cat >"$work/$1.rc" <<RC
set from = "$1"
set realname = "Neo Mutt"
set hostname = "client.example.org"
set smtp_url = "smtp://$1@$host:$(port submission)/"
set smtp_pass = "$2"
set imap_user = "$1"
set imap_pass = "$2"
set folder = "imaps://$host:$(port imaps)/"
set spool_file = "+INBOX"
set record = "+Sent"
set ssl_starttls = yes
set ssl_force_tls = yes
set ssl_verify_host = yes
set certificate_file = "$work/cert.pem"
set header_cache = ""
set message_cachedir = ""
set confirm_append = no
set confirm_create = no
set delete = yes
set quit = yes
set move = no
set mark_old = no
set beep = no
set wait_key = no
set editor = "$work/editor"
set fast_reply = yes
set net_inc = 0
set imap_keepalive = 5
RC
}
account "$alice" "$alice_password"
account "$bob" "$bob_password"
imap "$alice" "" -X 'CREATE Sent'
printf '#!/bin/sh\necho third >>"$1"\n' >"$work/editor"
chmod +x "$work/editor"

# batch SUBJECT OPTION...: sends what stands at its input, without a terminal.
batch() {
  local subject=$1
  shift
  TERM=xterm timeout 60 neomutt -F "$work/$alice.rc" -e 'set record=""' -s "$subject" "$@" -- "$bob" \
    >"$work/neomutt.log" 2>&1 || die "neomutt: $(cat "$work/neomutt.log")"
}

# keys USER KEYS: a session at a terminal of its own, ended by the keys themselves.
keys() {
  TERM=xterm timeout 60 script --quiet --return --command \
    "neomutt -F '$work/$1.rc' -e 'push \"$2\"'" /dev/null </dev/null >"$work/screen" 2>&1 ||
    die "neomutt ended badly: $(tail -c 2000 "$work/screen")"
}

# Sending; the one written at the terminal leaves a copy in Sent over IMAP.
seq 1 20000 >"$work/numbers.txt"
printf 'Grüße aus dem Terminal\n' | batch "neomutt one" -a "$work/numbers.txt"
printf 'second\n' | batch "neomutt two"
keys "$alice" "<mail>$bob\\nneomutt three\\n<send-message><quit>"
wait_for "three messages" has_messages "$bob" INBOX 3
expect "copies in Sent" 1 "$(message_count "$alice" Sent)"
imap "$bob" "INBOX;UID=1" -o "$work/received"
grep -q 'filename="\{0,1\}numbers.txt' "$work/received" || die "the attachment is missing"

keys "$bob" '<first-entry><flag-message><tag-pattern>~s two\n<tag-prefix><save-message>=Archive\n<sync-mailbox><delete-pattern>~s three\n<sync-mailbox><quit>'
expect "messages in INBOX and Archive" "1 1" "$(message_count "$bob" INBOX) $(message_count "$bob" Archive)"
expect_match "the flags" '\\Flagged' "$(message_flags "$bob" INBOX 1)"
expect_match "the message in Archive" '^Subject: neomutt two' "$(imap "$bob" 'Archive;UID=1')"

# Opening a message marks it read.
keys "$bob" '<first-entry><display-message><exit><quit>'
expect_match "the flags after reading" '\\Seen' "$(message_flags "$bob" INBOX 1)"

# A search that the server answers, then all that it finds goes away.
keys "$bob" '<delete-pattern>=b Terminal\n<quit>'
expect "messages after deletion" 0 "$(message_count "$bob" INBOX)"

stop_server
