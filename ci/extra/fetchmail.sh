#!/usr/bin/env bash
# fetchmail: POP3 and IMAP, implicit TLS and STARTTLS, leaving mail on the server and taking it away.
. "$(dirname "$0")/lib.sh"
start_server

# fetch NAME PROTOCOL PORT TLS-OPTIONS OPTIONS: into $work/NAME/, one file a message.
fetch() {
  local name=$1 status=0
  mkdir -p "$work/$name"
  cat >"$work/$name.rc" <<RC
set no bouncemail
set idfile "$work/fetchids"
poll $host protocol $2 port $3 $4
  user "$bob" password "$bob_password" is root here
  $5 sslcertck sslcertfile "$work/cert.pem"
  mda "cat >$work/$name/\$\$.$RANDOM.\$(date +%N)"
RC
  chmod 600 "$work/$name.rc"
  timeout 60 fetchmail --fetchmailrc "$work/$name.rc" --pidfile "$work/fetchmail.pid" --nosyslog --timeout 30 \
    >"$work/fetchmail.log" 2>&1 || status=$?
  # 1 means that there was no mail.
  [ $status -le 1 ] || die "fetchmail $name ended with $status: $(cat "$work/fetchmail.log")"
}
fetched() { find "$work/$1" -type f | wc -l; }

for n in 1 2 3; do
  write_message "$work/sent.$n" "fetchmail $n"
  send "$work/sent.$n" "$alice" "$bob"
done
wait_for "three messages" has_messages "$bob" INBOX 3

# UIDL tells old from new: the second poll brings nothing, the third only what came since.
fetch keep pop3 "$(port pop3s)" uidl "keep ssl"
expect "messages kept and fetched by POP3" "3 3" "$(message_count "$bob" INBOX) $(fetched keep)"
fetch keep pop3 "$(port pop3s)" uidl "keep ssl"
expect "messages after the second poll" 3 "$(fetched keep)"
write_message "$work/sent.4" "fetchmail 4"
send "$work/sent.4" "$alice" "$bob"
wait_for "the fourth message" has_messages "$bob" INBOX 4
fetch keep pop3 "$(port pop3)" uidl "keep sslproto 'TLS1.2+'"
expect "messages after the third poll" 4 "$(fetched keep)"
for n in 1 2 3 4; do
  file=$(grep -lr "^Subject: fetchmail $n" "$work/keep")
  body_of "$work/sent.$n" | tr -d '\r' >"$work/expected"
  body_of "$file" | tr -d '\r' >"$work/actual"
  expect_same "$work/expected" "$work/actual" "message $n is not what was sent"
done

# IMAP takes what is unseen, and then all of it away.
fetch imap imap "$(port imaps)" "" "keep fetchall ssl"
expect "messages fetched by IMAP" 4 "$(fetched imap)"
fetch take imap "$(port imap)" "" "nokeep fetchall sslproto 'TLS1.2+'"
expect "messages left and taken by IMAP" "0 4" "$(message_count "$bob" INBOX) $(fetched take)"

send "$work/sent.1" "$alice" "$bob"
wait_for "another message" has_messages "$bob" INBOX 1
fetch last pop3 "$(port pop3s)" "" "nokeep fetchall ssl"
expect "messages left and taken by POP3" "0 1" "$(message_count "$bob" INBOX) $(fetched last)"

stop_server
