#!/usr/bin/env bash
# msmtp: submission with STARTTLS and with implicit TLS, PLAIN and SCRAM-SHA-256; LMTP; what must be refused.
. "$(dirname "$0")/lib.sh"
start_server

cat >"$HOME/.msmtprc" <<RC
defaults
host $host
from $alice
user $alice
password $alice_password
tls_trust_file $work/cert.pem
timeout 30
domain client.example.org

account starttls
port $(port submission)
tls on
tls_starttls on
auth plain

account implicit
port $(port submissions)
tls on
tls_starttls off
auth scram-sha-256

account login
port $(port submissions)
tls on
tls_starttls off
auth login

account impostor
port $(port submissions)
tls on
tls_starttls off
auth plain
password wrong

account lmtp
protocol lmtp
port $(port lmtp)
tls off
auth off
RC
chmod 600 "$HOME/.msmtprc"

n=0
for account in starttls implicit login lmtp; do
  n=$((n + 1))
  write_message "$work/$account" "msmtp $account"
  msmtp --account="$account" "$bob" <"$work/$account"
  wait_for "the message sent by $account" has_messages "$bob" INBOX $n
  imap "$bob" "INBOX;UID=$n" -o "$work/received"
  # Unix programs send LF and leave the line ends to msmtp.
  expect_same_body "$work/$account" "$work/received"
  expect_match "the subject" "^Subject: msmtp $account" "$(cat "$work/received")"
done

# Two recipients, one copy each; a copy of a message to oneself.
write_message "$work/both" "msmtp both"
msmtp --account=starttls "$bob" "$alice" <"$work/both"
wait_for "bob's copy" has_messages "$bob" INBOX 5
wait_for "alice's copy" has_messages "$alice" INBOX 1

expect_failure "a wrong password" msmtp --account=impostor "$bob" <"$work/both"
expect_match "the answer to a wrong password" '535' "$(cat "$work/failure.log")"
expect_failure "an unknown local recipient" msmtp --account=starttls nobody@example.org <"$work/both"
expect_failure "mail for elsewhere with no relay configured" msmtp --account=starttls someone@example.net <"$work/both"
expect_match "the answer to mail for elsewhere" ' 55[0-9] ' "$(cat "$work/failure.log")"
expect "bob's messages" 5 "$(message_count "$bob" INBOX)"

stop_server
