#!/usr/bin/env bash
# offlineimap, as Debian packages it: first sync, then changes of both sides: new mail, flags, deleting, a new folder, mail of its own.
. "$(dirname "$0")/lib.sh"
start_server

mkdir -p "$work/mail"
cat >"$work/offlineimaprc" <<RC
[general]
accounts = test
metadata = $work/metadata
ui = basic
socktimeout = 30
[Account test]
localrepository = local
remoterepository = remote
[Repository local]
type = Maildir
localfolders = $work/mail
[Repository remote]
type = IMAP
remotehost = $host
remoteport = $(port imaps)
remoteuser = $alice
remotepass = $alice_password
ssl = yes
sslcacertfile = $work/cert.pem
auth_mechanisms = PLAIN
RC

sync() {
  timeout 60 offlineimap -o -c "$work/offlineimaprc" >"$work/offlineimap.log" 2>&1 || { cat "$work/offlineimap.log" >&2; die "offlineimap failed"; }
  ! grep -E 'ERROR|Traceback' "$work/offlineimap.log" >&2 || die "offlineimap complains"
}

local_messages() {
  find "$work/mail/$1/cur" "$work/mail/$1/new" -type f | wc -l
}

for i in 1 2 3; do
  write_message "$work/m$i" "message $i"
  imap "$alice" INBOX --upload-file "$work/m$i"
done
imap "$alice" "" -X 'CREATE Archive' >/dev/null
sync
expect "messages after the first sync" 3 "$(local_messages INBOX)"
first=$(grep -rl 'Subject: message 1' "$work/mail/INBOX" | head -n 1)
tr -d '\r' <"$work/m1" >"$work/m1.lf"
body_of "$work/m1.lf" >"$work/expected.body"
body_of "$first" >"$work/actual.body"
expect_same "$work/expected.body" "$work/actual.body" "a message came over changed"

# the server's side changes: a flag, a message less, one more
imap "$alice" INBOX -X 'UID STORE 2 +FLAGS (\Flagged)' >/dev/null
imap "$alice" INBOX -X 'UID STORE 3 +FLAGS.SILENT (\Deleted)' >/dev/null
imap "$alice" INBOX -X 'UID EXPUNGE 3' >/dev/null
write_message "$work/m4" "message 4"
imap "$alice" INBOX --upload-file "$work/m4"
sync
expect "messages after changes on the server" 3 "$(local_messages INBOX)"
second=$(grep -rl 'Subject: message 2' "$work/mail/INBOX" | head -n 1)
expect_match "the flag came over" ':2,FS?$' "$second"

# this side changes: a flag, a message less, one more in another folder
mv "$second" "${second%:2,*}:2,FR"
rm "$(grep -rl 'Subject: message 1' "$work/mail/INBOX" | head -n 1)"
tr -d '\r' <"$work/m3" >"$work/mail/Archive/cur/1770091506_0.1.client:2,S"
sync
expect_match "the flag went over" 'FLAGS \((\\Answered \\Flagged|\\Flagged \\Answered)[ )]' "$(message_flags "$alice" INBOX 2)"
expect "INBOX on the server" 2 "$(message_count "$alice" INBOX)"
expect "the archive on the server" 1 "$(message_count "$alice" Archive)"
imap "$alice" "Archive;UID=1" -o "$work/archived"
expect_match "the archived message" 'Subject: message 3' "$(cat "$work/archived")"

# nothing changed: nothing is copied
sync
! grep -qE 'Copy message|Deleting|Adding flag' "$work/offlineimap.log" || die "something was synced twice"
expect "INBOX here" 2 "$(local_messages INBOX)"
stop_server
