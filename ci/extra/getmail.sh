#!/usr/bin/env bash
# getmail: POP3 and IMAP with implicit TLS, leaving mail on the server and taking it away.
. "$(dirname "$0")/lib.sh"
start_server

# getmail writes into no mailbox itself as root.
cat >"$work/keep" <<'MDA'
#!/bin/sh
exec cat >"$(mktemp "$1/XXXXXXXX")"
MDA
chmod 755 "$work/keep"

# fetch NAME RETRIEVER PORT DELETE ALL: into $work/NAME/new, one file a message.
fetch() {
  mkdir -p "$work/$1/new" "$work/getmail"
  cat >"$work/getmail/$1.rc" <<RC
[retriever]
type = $2
server = $host
port = $3
username = $bob
password = $bob_password
ca_certs = $work/cert.pem
timeout = 60

[destination]
type = MDA_external
path = $work/keep
arguments = ("$work/$1/new",)
allow_root_commands = true
unixfrom = false

[options]
delete = $4
read_all = $5
delivered_to = false
received = false
verbose = 1
RC
  timeout 60 getmail --getmaildir="$work/getmail" --rcfile="$1.rc" >"$work/getmail.log" 2>&1 \
    || die "getmail to $1: $(cat "$work/getmail.log")"
  if grep -qi error "$work/getmail.log"; then die "getmail to $1: $(cat "$work/getmail.log")"; fi
}
fetched() { find "$work/$1/new" -type f | wc -l; }

for n in 1 2 3; do
  write_message "$work/sent.$n" "getmail $n"
  send "$work/sent.$n" "$alice" "$bob"
done
wait_for "three messages" has_messages "$bob" INBOX 3

# What was seen is not fetched again, by unique ids of POP3 and by UIDs of IMAP.
fetch pop3 SimplePOP3SSLRetriever "$(port pop3s)" false false
expect "messages kept and fetched by POP3" "3 3" "$(message_count "$bob" INBOX) $(fetched pop3)"
fetch pop3 SimplePOP3SSLRetriever "$(port pop3s)" false false
expect "messages after the second poll by POP3" 3 "$(fetched pop3)"
fetch imap SimpleIMAPSSLRetriever "$(port imaps)" false false
fetch imap SimpleIMAPSSLRetriever "$(port imaps)" false false
expect "messages fetched by IMAP" 3 "$(fetched imap)"
for n in 1 2 3; do
  file=$(grep -lr "^Subject: getmail $n" "$work/pop3/new")
  body_of "$work/sent.$n" | tr -d '\r' >"$work/expected"
  body_of "$file" | tr -d '\r' >"$work/actual"
  expect_same "$work/expected" "$work/actual" "message $n is not what was sent"
done
fetch taken SimplePOP3SSLRetriever "$(port pop3s)" true true
expect "messages left and taken" "0 3" "$(message_count "$bob" INBOX) $(fetched taken)"

stop_server
