#!/usr/bin/env bash
# mpop: POP3 with implicit TLS and STLS, by PLAIN and SCRAM, pipelined; keeping mail and taking it away.
. "$(dirname "$0")/lib.sh"
start_server

# fetch FOLDER PORT STARTTLS AUTH KEEP: into $work/FOLDER/new, one file a message.
fetch() {
  mkdir -p "$work/$1/cur" "$work/$1/new" "$work/$1/tmp"
  cat >"$work/mpop.rc" <<RC
account test
host $host
port $2
user $bob
password $bob_password
tls on
tls_starttls $3
tls_trust_file $work/cert.pem
auth $4
keep $5
pipelining on
uidls_file $work/uidls.$1
delivery maildir $work/$1
RC
  chmod 600 "$work/mpop.rc"
  timeout 60 mpop --file="$work/mpop.rc" --quiet test >"$work/mpop.log" 2>&1 \
    || die "mpop to $1: $(cat "$work/mpop.log")"
}
fetched() { find "$work/$1/new" -type f | wc -l; }

for n in 1 2 3; do
  write_message "$work/sent.$n" "mpop $n"
  send "$work/sent.$n" "$alice" "$bob"
done
wait_for "three messages" has_messages "$bob" INBOX 3

# Unique ids tell old from new: the second poll brings nothing.
fetch kept "$(port pop3s)" off plain on
expect "messages kept and fetched" "3 3" "$(message_count "$bob" INBOX) $(fetched kept)"
fetch kept "$(port pop3)" on login on
expect "messages after the second poll" 3 "$(fetched kept)"
for n in 1 2 3; do
  file=$(grep -lr "^Subject: mpop $n" "$work/kept/new")
  body_of "$work/sent.$n" | tr -d '\r' >"$work/expected"
  body_of "$file" | tr -d '\r' >"$work/actual"
  expect_same "$work/expected" "$work/actual" "message $n is not what was sent"
done
fetch taken "$(port pop3)" on scram-sha-1 off
expect "messages left and taken" "0 3" "$(message_count "$bob" INBOX) $(fetched taken)"

sed "s/^password .*/password wrong/; s/^auth .*/auth plain/" "$work/mpop.rc" >"$work/wrong.rc"
chmod 600 "$work/wrong.rc"
expect_failure "a wrong password" mpop --file="$work/wrong.rc" --quiet test

stop_server
