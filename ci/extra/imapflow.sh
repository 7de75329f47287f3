#!/usr/bin/env bash
# imapflow, from npm: first sync, incremental sync, flags, moves, a copy into Sent, deleting and IDLE, checked from both sides.
# POSTHORN_NODE_MODULES names a folder in which `npm install imapflow` was run.
. "$(dirname "$0")/lib.sh"
start_server

NODE_PATH=${POSTHORN_NODE_MODULES:?}/node_modules HOST=$host PORT=$(port imaps) CA=$work/cert.pem \
  NAME=$alice PASSWORD=$alice_password timeout 100 node - <<'JS'
const assert = require('assert');
const fs = require('fs');
const { ImapFlow } = require('imapflow');
const connect = async (options = {}) => {
  const client = new ImapFlow({
    host: process.env.HOST,
    port: Number(process.env.PORT),
    secure: true,
    auth: { user: process.env.NAME, pass: process.env.PASSWORD },
    tls: { ca: fs.readFileSync(process.env.CA) },
    logger: false,
    ...options,
  });
  await client.connect();
  return client;
};
const message = (subject) =>
  `From: Bob <bob@example.org>\r\nTo: Alice <alice@example.org>\r\nSubject: ${subject}\r\n` +
  `Date: Mon, 02 Mar 2026 09:00:00 +0000\r\nMessage-ID: <${encodeURIComponent(subject)}@example.org>\r\n` +
  'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n' +
  'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n' +
  "Content-Disposition: attachment; filename*=utf-8''%E2%82%AC.bin\r\n\r\nAAEC\r\n--b--\r\n";
const all = async (generator) => {
  const found = [];
  for await (const one of generator) found.push(one);
  return found;
};

(async () => {
  const client = await connect({ qresync: true });
  await client.mailboxCreate('Sent');
  await client.mailboxCreate('Archive/2026');
  for (let i = 1; i <= 5; i++) await client.append('INBOX', message('number ' + i), i === 1 ? ['\\Seen'] : []);

  // first sync
  const names = (await client.list({ statusQuery: { messages: true, unseen: true } })).map((m) => m.path).sort();
  assert.deepStrictEqual(names, ['Archive', 'Archive/2026', 'INBOX', 'Sent'].filter((n) => names.includes(n)));
  assert.ok(names.includes('INBOX') && names.includes('Archive/2026'));
  const box = await client.mailboxOpen('INBOX');
  const known = box.highestModseq;
  assert.strictEqual(box.exists, 5);
  assert.ok(known > 0n);
  const first = await all(client.fetch('1:*', { uid: true, flags: true, envelope: true, bodyStructure: true, size: true, emailId: true, threadId: true, internalDate: true }));
  assert.strictEqual(first.length, 5);
  assert.strictEqual(first[2].envelope.subject, 'number 3');
  assert.strictEqual(first[2].envelope.from[0].address, 'bob@example.org');
  assert.strictEqual(first[2].bodyStructure.childNodes[1].dispositionParameters.filename, '€.bin');
  assert.ok(first[0].flags.has('\\Seen') && !first[1].flags.has('\\Seen'));
  assert.strictEqual(new Set(first.map((m) => m.emailId)).size, 5);
  const { content } = await client.download('2', '2');
  const chunks = [];
  for await (const chunk of content) chunks.push(chunk);
  assert.deepStrictEqual([...Buffer.concat(chunks)], [0, 1, 2]);

  // another client changes something; this one hears of it in IDLE and syncs by MODSEQ
  const other = await connect();
  await other.mailboxOpen('INBOX');
  const heard = new Promise((resolve) => client.once('exists', resolve));
  const flagged = new Promise((resolve) => client.once('flags', resolve));
  const idle = client.idle();
  await other.append('INBOX', message('number 6'));
  assert.strictEqual((await heard).count, 6);
  await other.messageFlagsAdd('2', ['\\Flagged', '$Forwarded']);
  assert.ok((await flagged).flags.has('\\Flagged'));
  await client.noop();
  await idle;
  const changed = await all(client.fetch('1:*', { uid: true, flags: true }, { changedSince: known }));
  assert.deepStrictEqual(changed.map((m) => m.uid).sort(), [2, 6]);

  // search, flags, copies, moves, deleting
  assert.deepStrictEqual(await client.search({ header: { 'message-id': '<number%204@example.org>' } }, { uid: true }), [4]);
  assert.deepStrictEqual(await client.search({ unseen: true, flagged: true }), [2]);
  assert.ok(await client.messageFlagsSet('3', ['\\Answered']));
  assert.deepStrictEqual([...(await client.fetchOne('3', { flags: true })).flags].filter((f) => f !== '\\Recent'), ['\\Answered']);
  const copied = await client.messageCopy('1:2', 'Archive/2026');
  assert.deepStrictEqual([...copied.uidMap], [[1, 1], [2, 2]]);
  const moved = await client.messageMove({ uid: '3' }, 'Archive/2026');
  assert.deepStrictEqual([...moved.uidMap], [[3, 3]]);
  const sent = await client.append('Sent', message('sent'), ['\\Seen']);
  assert.strictEqual(sent.uid, 1);
  assert.ok(await client.messageDelete('1:2'));
  assert.strictEqual((await client.status('INBOX', { messages: true, unseen: true })).messages, 3);
  assert.deepStrictEqual((await all(client.fetch('1:*', { uid: true }))).map((m) => m.uid), [4, 5, 6]);
  await other.noop();
  assert.strictEqual(other.mailbox.exists, 3);
  await client.mailboxRename('Archive/2026', 'Archive/Old');
  await client.mailboxOpen('Archive/Old');
  assert.strictEqual(client.mailbox.exists, 3);
  await client.mailboxDelete('Sent');
  await client.logout();
  await other.logout();
})().catch((e) => { console.error(e); process.exit(1); });
JS
expect "what is left in INBOX" 3 "$(message_count "$alice" INBOX)"
stop_server
