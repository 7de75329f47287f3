#!/usr/bin/env bash
# swaks: every SMTP listener and mechanism by hand, pipelined too, with the replies that are due.
. "$(dirname "$0")/lib.sh"
start_server

write_message "$work/message" "swaks"
# swaks ends the last line itself.
head -c -2 "$work/message" >"$work/data"
common=(--server "$host" --helo client.example.org --from "$alice" --to "$bob" --data "@$work/data" --timeout 30
  --tls-ca-path "$work/cert.pem" --hide-send)
login=(--auth-user "$alice" --auth-password "$alice_password")

n=0
# sent WHAT OPTION...: must be accepted and arrive.
sent() {
  local what=$1
  shift
  swaks "${common[@]}" "$@" >"$work/swaks.log" 2>&1 || die "$what: $(cat "$work/swaks.log")"
  n=$((n + 1))
  wait_for "$what" has_messages "$bob" INBOX $n
}

# refused WHAT REPLY OPTION...: must be answered with the reply code, a regular expression.
refused() {
  local what=$1 reply=$2
  shift 2
  expect_failure "$what" swaks "${common[@]}" "$@"
  expect_match "the answer to $what" "^<.. $reply" "$(cat "$work/failure.log")"
}

sent "AUTH PLAIN after STARTTLS" --port "$(port submission)" --tls --tls-verify --auth PLAIN "${login[@]}"
sent "AUTH LOGIN after STARTTLS" --port "$(port submission)" --tls --tls-verify --auth LOGIN "${login[@]}"
sent "AUTH PLAIN under TLS" --port "$(port submissions)" --tls-on-connect --tls-verify --auth PLAIN "${login[@]}"
sent "mail for a local domain" --port "$(port smtp)" --from someone@example.net
sent "mail for a local domain after STARTTLS" --port "$(port smtp)" --tls --tls-verify --from someone@example.net
sent "mail for a local domain, pipelined" --port "$(port smtp)" --pipeline --from someone@example.net
sent "LMTP" --port "$(port lmtp)" --protocol LMTP --from someone@example.net
sent "a bounce" --port "$(port smtp)" --from '<>'
imap "$bob" "INBOX;UID=1" -o "$work/received"
expect_same_body "$work/message" "$work/received"

expect_failure "a password before STARTTLS" swaks "${common[@]}" --port "$(port submission)" --auth PLAIN "${login[@]}"
expect_match "EHLO before STARTTLS" 'requested type not available' "$(cat "$work/failure.log")"
refused "a wrong password" 535 --port "$(port submission)" --tls --auth PLAIN --auth-user "$alice" --auth-password wrong
refused "submission without authentication" 530 --port "$(port submission)" --tls
refused "relaying" 55[0-9] --port "$(port smtp)" --from someone@example.net --to other@example.net
refused "an unknown recipient" 550 --port "$(port smtp)" --from someone@example.net --to nobody@example.org
refused "an unknown recipient over LMTP" 550 --port "$(port lmtp)" --protocol LMTP --to nobody@example.org

# One good and one bad recipient: the good one gets it.
sent "a partly good envelope" --port "$(port smtp)" --from someone@example.net --to "$bob,nobody@example.org"
sent "a partly good envelope over LMTP" --port "$(port lmtp)" --protocol LMTP --to "$bob,nobody@example.org"

stop_server
