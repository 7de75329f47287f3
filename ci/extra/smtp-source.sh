#!/usr/bin/env bash
# smtp-source of Postfix: many messages over many sessions at once into a server with little memory; none may be lost.
# POSTHORN_MESSAGES says how many (default 10000; the long run is 100000).
. "$(dirname "$0")/lib.sh"
[ "$store" = sqlite ] || exit 0

messages=${POSTHORN_MESSAGES:-10000}
export JAVA_TOOL_OPTIONS="-Xmx96m"
start_server
unset JAVA_TOOL_OPTIONS
source=$(command -v smtp-source || echo /usr/sbin/smtp-source)
"$source" -4 -s 20 -m "$messages" -l 1000 -f someone@example.net -t "$bob" "127.0.0.1:$(port smtp)"
wait_for "all messages" has_messages "$bob" INBOX "$messages"

# smtp-source says RSET and goes on after a refusal: nothing of the sort may have been in the log.
if grep -q OutOfMemory "$work/server.err"; then die "the server ran out of memory"; fi
stop_server
