#!/usr/bin/env bash
# smtp-source of Postfix: many messages of 1 kB over many sessions at once into a server with little memory; none may be
# lost. POSTHORN_MESSAGES says how many (10000); ci/extra/smtp-source-long is the run with 100000.
. "$(dirname "$0")/lib.sh"
[ "$store" = sqlite ] || exit 0

messages=${POSTHORN_MESSAGES:-10000}
export JAVA_TOOL_OPTIONS="-Xmx96m"
start_server
unset JAVA_TOOL_OPTIONS
source=$(command -v smtp-source || echo /usr/sbin/smtp-source)
began=$(date +%s.%N)
"$source" -4 -s 20 -m "$messages" -l 1000 -f someone@example.net -t "$bob" "127.0.0.1:$(port smtp)"
ended=$(date +%s.%N)
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server_pid/status")
wait_for "all messages" has_messages "$bob" INBOX "$messages"
awk -v n="$messages" -v s="$(awk "BEGIN { print $ended - $began }")" -v kb="$peak" \
  'BEGIN { printf "%d messages in %.1f s, %.0f a second; the process had %d MB at most\n", n, s, n / s, kb / 1024 }'

# smtp-source says RSET and goes on after a refusal: nothing of the sort may have been in the log.
if grep -q OutOfMemory "$work/server.err"; then die "the server ran out of memory"; fi
stop_server
