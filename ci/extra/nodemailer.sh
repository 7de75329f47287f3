#!/usr/bin/env bash
# nodemailer, as Debian packages it: submission with STARTTLS and AUTH, DSN parameters and SMTPUTF8 left to it.
. "$(dirname "$0")/lib.sh"
start_server

NODE_PATH=/usr/share/nodejs HOST=$host PORT=$(port submission) CA=$work/cert.pem \
  NAME=$alice PASSWORD=$alice_password TO=$bob node - <<'JS'
const fs = require('fs');
const transport = require('nodemailer').createTransport({
  host: process.env.HOST,
  port: Number(process.env.PORT),
  requireTLS: true,
  auth: { user: process.env.NAME, pass: process.env.PASSWORD },
  tls: { ca: fs.readFileSync(process.env.CA) },
});
transport
  .sendMail({
    from: process.env.NAME,
    to: process.env.TO,
    subject: 'Grüße from nodemailer',
    text: 'schön und laut\n.\n..dots\n',
    attachments: [{ filename: 'horn.bin', content: Buffer.alloc(100000, 7) }],
  })
  .then((info) => console.log(info.response))
  .catch((e) => { console.error(e); process.exit(1); });
JS
wait_for "nodemailer's message" has_messages "$bob" INBOX 1
imap "$bob" "INBOX;UID=1" -o "$work/received"
expect_match "the subject" '^Subject: =\?UTF-8\?Q\?Gr=C3=BC=C3=9Fe_from_nodemailer\?=' "$(cat "$work/received")"
expect_match "the attachment" 'filename=horn.bin' "$(cat "$work/received")"
stop_server
