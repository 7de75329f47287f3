# Sourced by benchmarks/peers: how each peer is started. A start sets server (pid of the root process), the ports (imap, pop3, smtp), smtp_options,
# leaves_out (scenarios that mean nothing to it) and warm (seconds to warm up, where nothing is compiled while it runs; else -w).

# run MAIN ARGUMENTS: one of our Java mains, which prints "ready IMAP POP3 SMTP".
run() {
  local main=$1
  shift
  "${first[@]}" "$java" ${SERVER_OPTIONS:--Xms1g -Xmx5g} -cp "${server_classes:-$classes}" "$main" "$@" >"$work/ready" 2>"$out/$peer.log" &
  server=$!
  await grep -q '^ready' "$work/ready"
  read -r _ imap pop3 smtp < <(grep '^ready' "$work/ready")
  smtp_options= leaves_out= warm=
}

await() {
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    if "$@" 2>/dev/null; then return; fi
    if ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  echo "$peer does not start, see $out/$peer.log" >&2
  exit 1
}

stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
  fi
  rm -rf "${work:?}"/*
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start_floor() {
  run org.posthorn.benchmarks.peers.FloorPeer 0 0 0
  leaves_out="store-search move stall growth"
}

start_posthorn() { run org.posthorn.benchmarks.peers.PosthornPeer memory store 0 0 0; }

start_dropping() {
  run org.posthorn.benchmarks.peers.PosthornPeer memory drop 0 0 0
  leaves_out="noop login pop3-session fetch append store-search move pop3 stall idle-1000 idle-10000 growth"
}

start_sqlite() { run org.posthorn.benchmarks.peers.PosthornPeer "sqlite:$work/sqlite" store 0 0 0; }

start_greenmail() {
  run org.posthorn.benchmarks.peers.GreenMailPeer 3143 3110 3025
  leaves_out="growth idle-10000" # takes seconds for each command there
}

# Takes every message and forgets it.
start_smtp_sink() {
  "${first[@]}" /usr/sbin/smtp-sink -u nobody 127.0.0.1:3026 1000 >"$out/$peer.log" 2>&1 &
  server=$! imap=0 pop3=0 smtp=3026 smtp_options= warm=2
  leaves_out="noop login pop3-session fetch append store-search move pop3 stall idle-1000 idle-10000 growth"
  await listens 3026
}

# Without fsync, so that its CPU can be compared with that of stores in memory; DOVECOT_FORMAT=maildir for the other format.
start_dovecot() {
  mkdir -p "$work/dovecot/run" "$work/dovecot/mail"
  chmod 755 "$work"
  chown -R mail:mail "$work/dovecot/mail"
  sed "s#@DIR@#$work/dovecot#g; s#@FORMAT@#${DOVECOT_FORMAT:-mdbox}#g" "$here/src/peers/dovecot.conf" >"$work/dovecot/dovecot.conf"
  "${first[@]}" /usr/sbin/dovecot -F -c "$work/dovecot/dovecot.conf" >"$out/$peer.log" 2>&1 &
  server=$! imap=4143 pop3=4110 smtp=4024 smtp_options="--lmtp true" leaves_out="idle-10000" warm=2
  await listens 4143
}

# java_library DIRECTORY: class path of the Java peer whose pom and source lie there.
java_library() {
  local pom=$here/src/peers/$1/pom.xml to=$here/target/peer-$1
  [ -d "$to" ] || mvn -q -B -f "$pom" dependency:copy-dependencies -DoutputDirectory="$to" >&2
  echo "$to/*"
}

start_subethasmtp() {
  run org.posthorn.benchmarks.peers.SubEthaPeer 3027
  leaves_out="noop login pop3-session fetch append store-search move pop3 stall idle-1000 idle-10000 growth"
}

# The ports stand in its configuration.
start_james() {
  mkdir -p "$work/james"
  cp -r "$here/src/peers/james/conf" "$work/james/"
  SERVER_OPTIONS="-Xms1g -Xmx5g -Dlogback.configurationFile=$work/james/conf/logback.xml" server_classes=$(java_library james) \
    run "$here/src/peers/james/JamesPeer.java" "$work/james" 5143 5110 5025
  leaves_out="idle-10000"
}
