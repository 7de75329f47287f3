# Sourced by every client script. A script is called with the store to use (memory or sqlite), gets a server of its own
# with two users, and fails with the first thing that is not as it should be.
#
#   start_server / stop_server    on free ports, in $work; with sqlite the store survives a restart
#   server_options=(...)          more options for the next start_server
#   port NAME                     the port of a listener: imap imaps pop3 pop3s submission submissions smtp lmtp
#   write_message FILE SUBJECT [FROM]    a message with CRLF line ends, dot lines, a long line and UTF-8
#   imap USER PATH [CURL-OPTION]  one look at the server over IMAPS with curl, which all scripts check with
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
server=${POSTHORN_SERVER:-java -jar $root/examples/target/posthorn-server.jar}
store=${1:?"usage: $0 memory|sqlite"}
work=$(mktemp -d "${TMPDIR:-/tmp}/posthorn-ci.XXXXXX")
server_pid=
server_options=()
# Other programs that a script started in the background.
daemons=()

# A line for each user; the host is named "localhost" because the certificate is checked by that name.
host=localhost
alice=alice@example.org alice_password=wonderland
bob=bob@example.org bob_password=builder

# Clients read what lies in a home directory and what a locale says; neither is the machine's.
export HOME=$work/home LC_ALL=C.UTF-8
mkdir -m 700 "$HOME"

die() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

finish() {
  local status=$?
  trap - EXIT
  if [ -n "$server_pid" ]; then
    kill -KILL "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
  fi
  local pid
  for pid in "${daemons[@]}"; do
    kill "$pid" 2>/dev/null || true
  done
  if [ $status -ne 0 ]; then
    tail -n 40 "$work"/server.out "$work"/server.err >&2 2>/dev/null || true
  fi
  rm -rf "$work"
  exit $status
}
trap finish EXIT
trap 'die "interrupted"' INT TERM
trap 'echo "FAILED: line $LINENO: $BASH_COMMAND" >&2' ERR

make_certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$host" \
    -addext "subjectAltName=DNS:$host,IP:127.0.0.1" -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
}

start_server() {
  local where=memory options=()
  [ "$store" = memory ] || where=sqlite:$work/store
  [ -f "$work/cert.pem" ] || make_certificate
  for listener in imap imaps pop3 pop3s submission submissions smtp lmtp; do
    options+=("--$listener" 0)
  done
  : >"$work/server.out"
  $server serve --host 127.0.0.1 "${options[@]}" --store "$where" --domain example.org --hostname "$host" \
    --cert "$work/cert.pem" --key "$work/key.pem" \
    --user "$alice:$alice_password" --user "$bob:$bob_password" "${server_options[@]}" \
    >"$work/server.out" 2>>"$work/server.err" &
  server_pid=$!
  wait_for "the server's ready line" grep -qx ready "$work/server.out"
}

# SIGTERM must end it by itself and soon; a JVM then answers 143.
stop_server() {
  local status=0
  kill -TERM "$server_pid"
  timeout 20 tail --pid="$server_pid" -f /dev/null || die "the server did not stop within 20 s of SIGTERM"
  wait "$server_pid" || status=$?
  server_pid=
  [ $status -eq 0 ] || [ $status -eq 143 ] || die "the server ended with status $status"
}

# wait_for WHAT COMMAND...: until the command succeeds, at most POSTHORN_PATIENCE seconds (20).
wait_for() {
  local what=$1 deadline=$((SECONDS + ${POSTHORN_PATIENCE:-20}))
  shift
  until "$@"; do
    [ -z "$server_pid" ] || kill -0 "$server_pid" 2>/dev/null || die "the server ended while waiting for $what"
    [ $SECONDS -lt $deadline ] || die "waited in vain for $what"
    sleep 0.1
  done
}

port() {
  local found
  found=$(sed -n "s/^$1 .*:\([0-9][0-9]*\)\$/\1/p" "$work/server.out")
  [ -n "$found" ] || die "the server printed no port for $1"
  echo "$found"
}

password_of() {
  case $1 in
    "$alice") echo "$alice_password" ;;
    "$bob") echo "$bob_password" ;;
    *) die "no such user: $1" ;;
  esac
}

write_message() {
  local file=$1 subject=$2 from=${3:-$alice}
  {
    printf 'From: Writer <%s>\nTo: Bob <%s>\nSubject: %s\n' "$from" "$bob" "$subject"
    printf 'Date: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <%s@example.org>\n' "$(tr -c 'A-Za-z0-9\n' - <<<"$subject")"
    printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n'
    printf 'The posthorn – schön und laut – 郵便ラッパ.\n.\n..\n.leading dot\nFrom the start of a line\n\n'
    printf '%0900d\n' 7
    printf 'the end\n'
  } | sed 's/$/\r/' >"$file"
}

# What a client or server may add stands in the header: the body must be the same octet for octet.
body_of() {
  sed '1,/^\r\{0,1\}$/d' "$1"
}

expect_same() {
  cmp "$1" "$2" >&2 || die "${3:-$1 and $2 differ}"
}

expect_same_body() {
  body_of "$1" >"$work/expected.body"
  body_of "$2" >"$work/actual.body"
  expect_same "$work/expected.body" "$work/actual.body" "the body of $2 is not that of $1"
}

# The message that was sent stands unchanged behind the fields that the server put before it.
expect_suffix() {
  local sent=$1 received=$2
  tail -c "$(stat -c %s "$sent")" "$received" >"$work/suffix"
  expect_same "$sent" "$work/suffix" "$received does not end with $sent"
}

expect() {
  local what=$1 expected=$2 actual=$3
  [ "$expected" = "$actual" ] || die "$what: expected '$expected', got '$actual'"
}

expect_match() {
  local what=$1 pattern=$2 actual=$3
  grep -Eq -- "$pattern" <<<"$actual" || die "$what: expected a match of '$pattern', got '$actual'"
}

# expect_failure WHAT COMMAND...: the command must fail, and with an answer of the server, not by hanging.
expect_failure() {
  local what=$1 status=0
  shift
  timeout 60 "$@" >"$work/failure.log" 2>&1 || status=$?
  [ $status -ne 0 ] || die "$what should have been refused"
  [ $status -ne 124 ] || die "$what was never answered"
}

# curl with the user's password and a checked certificate.
as() {
  local user=$1
  shift
  curl --silent --show-error --fail --max-time 60 --cacert "$work/cert.pem" --user "$user:$(password_of "$user")" "$@"
}

imap() {
  local user=$1 path=$2
  shift 2
  as "$user" "imaps://$host:$(port imaps)/$path" "$@"
}

# message_count USER MAILBOX
message_count() {
  imap "$1" "" -X "STATUS \"$2\" (MESSAGES)" | sed -n 's/.*MESSAGES \([0-9]*\).*/\1/p'
}

has_messages() {
  [ "$(message_count "$1" "$2")" = "$3" ]
}

# message_flags USER MAILBOX UID
message_flags() {
  imap "$1" "$2" -X "UID FETCH $3 (FLAGS)" | tr -d '\r'
}

# send FILE FROM TO: through submission with STARTTLS, for scripts whose client only reads.
send() {
  as "$2" --ssl-reqd "smtp://$host:$(port submission)/client.example.org" --mail-from "$2" --mail-rcpt "$3" \
    --upload-file "$1"
}
