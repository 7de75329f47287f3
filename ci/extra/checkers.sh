#!/usr/bin/env bash
# Real daemons that check mail: OpenDKIM as a milter, clamd, spamd, rspamd. Signatures and rules are small and local, nothing
# is downloaded. The store plays no part in this.
. "$(dirname "$0")/lib.sh"
[ "$store" = memory ] || exit 0

write_message "$work/message" "checked"
{ sed '/^\r$/q' "$work/message"; printf 'this is posthorn-spam\r\n'; } >"$work/spam"
{ sed '/^\r$/q' "$work/message"; printf 'this is posthorn-virus\r\n'; } >"$work/virus"

stop_daemons() {
  local pid
  for pid in "${daemons[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  daemons=()
}

# daemon NAME SOCKET COMMAND...: in the background, until its socket is there.
daemon() {
  local name=$1 socket=$2
  shift 2
  "$@" >"$work/$name.log" 2>&1 </dev/null &
  daemons+=($!)
  wait_for "$name" test -S "$socket" || { cat "$work/$name.log" >&2; die "$name did not start"; }
}

# deliver FILE: by LMTP's and MX's way in, as a stranger.
deliver() {
  curl --silent --show-error --max-time 60 "smtp://$host:$(port smtp)/client.example.net" --mail-from someone@example.net \
    --mail-rcpt "$bob" --upload-file "$1"
}

fetch_newest() {
  imap "$bob" "INBOX;UID=$1" -o "$work/received"
}

opendkim_signs() {
  openssl genrsa -out "$work/dkim.key" 2048 2>/dev/null
  chmod 600 "$work/dkim.key"
  cat >"$work/opendkim.conf" <<CONF
Syslog no
Mode s
Domain example.org
Selector ci
KeyFile $work/dkim.key
Socket local:$work/opendkim.sock
InternalHosts 127.0.0.1
RequireSafeKeys no
OversignHeaders From
CONF
  daemon opendkim "$work/opendkim.sock" opendkim -f -x "$work/opendkim.conf"
  server_options=(--milter "local:$work/opendkim.sock")
  start_server
  deliver "$work/message"
  wait_for "the signed message" has_messages "$bob" INBOX 1
  fetch_newest 1
  expect_match "what OpenDKIM put in" '^DKIM-Signature: v=1; a=rsa-sha256; .*d=example.org; s=ci' \
    "$(tr -d '\r' <"$work/received" | sed -n '/^DKIM-Signature/,/^[^ \t]/p' | tr -d '\n\t')"
  expect_same_body "$work/message" "$work/received"
  stop_server
  stop_daemons
}

clamd_refuses() {
  mkdir "$work/signatures"
  printf 'Posthorn.Test:0:*:%s\n' "$(printf 'posthorn-virus' | od -An -tx1 | tr -d ' \n')" >"$work/signatures/test.ndb"
  cat >"$work/clamd.conf" <<CONF
LocalSocket $work/clamd.sock
DatabaseDirectory $work/signatures
Foreground yes
CONF
  daemon clamd "$work/clamd.sock" clamd --config-file="$work/clamd.conf"
  server_options=(--clamd "unix:$work/clamd.sock")
  start_server
  deliver "$work/message"
  wait_for "the clean message" has_messages "$bob" INBOX 1
  expect_failure "a virus" deliver "$work/virus"
  expect "the number of messages" 1 "$(message_count "$bob" INBOX)"
  stop_server
  stop_daemons
}

spamd_tags() {
  local as_nobody=()
  mkdir -m 777 "$work/temporary" # where /tmp is not for everybody it works in its own folder
  if [ "$(id -u)" = 0 ]; then # its children never run as root
    as_nobody=(--username=nobody)
    chmod 755 "$work"
  fi
  mkdir "$work/rules" "$work/site"
  echo "loadplugin Mail::SpamAssassin::Plugin::Check" >"$work/site/test.pre"
  cat >"$work/rules/test.cf" <<CONF
required_score 5
use_bayes 0
body POSTHORN_SPAM /posthorn-spam/
score POSTHORN_SPAM 7.5
CONF
  daemon spamd "$work/spamd.sock" env -C "${work}/temporary" spamd --local --syslog=stderr --socketpath="$work/spamd.sock" --configpath="$work/rules" \
    --siteconfigpath="$work/site" --max-children=1 --nouser-config --helper-home-dir="$work" "${as_nobody[@]}"
  server_options=(--spamd "unix:$work/spamd.sock")
  start_server
  deliver "$work/message"
  deliver "$work/spam"
  wait_for "both messages" has_messages "$bob" INBOX 2
  fetch_newest 1
  expect_match "the header of a clean message" '^X-Spam-Score: 0.0 / 5.0' "$(cat "$work/received")"
  fetch_newest 2
  expect_match "the header of spam" '^X-Spam-Flag: YES' "$(cat "$work/received")"
  expect_match "the header of spam" '^X-Spam-Tests: .*POSTHORN_SPAM' "$(cat "$work/received")"
  stop_server
  stop_daemons
}

# Nothing of its modules and its network: regular expressions alone. Without Redis it learns and remembers nothing.
rspamd_tags_and_refuses() {
  mkdir -m 777 "$work/rspamd"
  local at=127.0.0.1:$(shuf -i 20000-32000 -n 1)
  printf 'com\nnet\norg\n' >"$work/tlds"
  cat >"$work/rspamd.conf" <<CONF
options {
  filters = "regexp";
  pidfile = "$work/rspamd/rspamd.pid";
  dns { nameserver = ["127.0.0.1:1"]; timeout = 0.1s; retransmits = 1; }
  tempdir = "$work/rspamd";
  url_tld = "$work/tlds"; # the real list takes minutes to compile
  disable_hyperscan = true;
}
logging { type = "console"; level = "notice"; }
lua = "$work/rspamd.lua";
worker "normal" {
  bind_socket = "$at";
  count = 1;
}
actions { reject = 15; add_header = 5; }
CONF
  cat >"$work/rspamd.lua" <<'LUA'
config['regexp'] = {
  POSTHORN_SPAM = { re = '/posthorn-spam/{sa_raw_body}', score = 7.5 },
  POSTHORN_VIRUS = { re = '/posthorn-virus/{sa_raw_body}', score = 20 },
}
LUA
  local insecure=()
  [ "$(id -u)" != 0 ] || insecure=(--insecure) # it warns against running as root
  rspamd --no-fork --config="$work/rspamd.conf" "${insecure[@]}" >"$work/rspamd.log" 2>&1 </dev/null &
  daemons+=($!)
  wait_for rspamd curl --silent --fail --output /dev/null "http://$at/ping" \
    || { cat "$work/rspamd.log" >&2; die "rspamd did not start"; }
  server_options=(--rspamd "http://$at")
  start_server
  deliver "$work/message"
  deliver "$work/spam"
  wait_for "both messages" has_messages "$bob" INBOX 2
  fetch_newest 1
  expect "the marks of a clean message" 0 "$(grep -c '^X-Spam' "$work/received" || true)"
  fetch_newest 2
  expect_match "the header of spam" '^X-Spam: Yes' "$(cat "$work/received")"
  expect_match "the header of spam" '^X-Spam-Score: 7.50 / 15.00' "$(cat "$work/received")"
  expect_failure "what is over the limit" deliver "$work/virus"
  expect "the number of messages" 2 "$(message_count "$bob" INBOX)"
  stop_server
  stop_daemons
}

checks=(opendkim_signs clamd_refuses spamd_tags rspamd_tags_and_refuses)
for check in ${CHECKERS:-"${checks[@]}"}; do
  $check
done
