#!/usr/bin/env bash
# mbsync (isync): two devices keep one account in step: upload, download, flags, a move, a deletion, a new mailbox.
. "$(dirname "$0")/lib.sh"
start_server

# device NAME TLS-TYPE PORT MECHANISM
device() {
  mkdir -p "$work/$1"
  cat >"$work/$1.rc" <<RC
IMAPAccount server
Host $host
Port $3
User $alice
Pass $alice_password
SSLType $2
SystemCertificates no
CertificateFile $work/cert.pem
AuthMechs $4

IMAPStore far
Account server

MaildirStore near
Path $work/$1/
Inbox $work/$1/INBOX
SubFolders Verbatim

Channel mail
Far :far:
Near :near:
Patterns *
Create Both
Remove Both
Expunge Both
SyncState *
CopyArrivalDate yes
RC
}
device phone IMAPS "$(port imaps)" PLAIN
device desk STARTTLS "$(port imap)" SCRAM-SHA-256

sync() { timeout 60 mbsync --config "$work/$1.rc" --quiet --all; }
files_in() { find "$work/$1/cur" "$work/$1/new" -type f 2>/dev/null | wc -l; }
the_file() { grep -lr "^Subject: $2" "$work/$1/cur" "$work/$1/new"; }

# The phone writes mail, the desk gets it; a message that came by SMTP is there as well.
sync phone
mkdir -p "$work"/phone/Projects/{cur,new,tmp}
for n in 1 2 3 4 5; do
  write_message "$work/message" "mbsync $n"
  tr -d '\r' <"$work/message" >"$work/phone/Projects/cur/100$n.phone.localhost:2,S"
done
write_message "$work/message" "mbsync by SMTP" "$bob"
send "$work/message" "$bob" "$alice"
wait_for "the message sent" has_messages "$alice" INBOX 1
sync phone
expect "messages uploaded" 5 "$(message_count "$alice" Projects)"
sync desk
expect "messages on the desk" "1 5" "$(files_in desk/INBOX) $(files_in desk/Projects)"
for n in 1 2 3 4 5; do
  # mbsync adds a header field of its own while it uploads.
  expect_same_body "$(the_file phone/Projects "mbsync $n")" "$(the_file desk/Projects "mbsync $n")"
done

# The desk flags one, deletes one, and moves one to a new mailbox; the phone follows.
file=$(the_file desk/Projects "mbsync 1")
mv "$file" "$work/desk/Projects/cur/$(basename "${file%%:2,*}"):2,FRS"
rm "$(the_file desk/Projects "mbsync 2")"
mkdir -p "$work"/desk/Done/{cur,new,tmp}
file=$(the_file desk/Projects "mbsync 3")
mv "$file" "$work/desk/Done/cur/$(basename "${file%%,U=*}"):2,S"
sync desk
expect "messages at the server" "3 1" "$(message_count "$alice" Projects) $(message_count "$alice" Done)"
expect_match "the flags at the server" '\\Answered|\\Flagged' "$(message_flags "$alice" Projects 1)"
sync phone
expect "messages on the phone" "3 1" "$(files_in phone/Projects) $(files_in phone/Done)"
expect_match "the flags on the phone" ':2,FRS$' "$(the_file phone/Projects "mbsync 1")"

# With sqlite the same UIDs and the same UIDVALIDITY come back after a restart, so that there is nothing to do.
if [ "$store" = sqlite ]; then
  (cd "$work/phone" && find . -type f -path '*/cur/*' | sort) >"$work/before"
  stop_server
  start_server
  device phone IMAPS "$(port imaps)" PLAIN
  sync phone
  (cd "$work/phone" && find . -type f -path '*/cur/*' | sort) >"$work/after"
  expect_same "$work/before" "$work/after" "the phone's mail changed with the restart"
fi

stop_server
