// The mail inbox of the demo and of the journeys: it takes every mail that the site sends, keeps it as a file, and shows it on a
// small web page whose links work.
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { listPage, mailBody, mailPage } from "./inbox-page.mjs";

const { MAIL_PORT, MAIL_SMTP_PORT, MAIL_FOLDER } = process.env;
const MOST_MAILS = 500;
const MOST_BYTES = 5_000_000;

/** Oldest first: `{ id, time, from, to, subject, text, html }`; the addresses are `[{ address }]`. */
const mails = [];

async function readKept() {
  mkdirSync(MAIL_FOLDER, { recursive: true });
  const files = readdirSync(MAIL_FOLDER).filter((name) => name.endsWith(".eml"));
  const kept = files.map((name) => ({ name, time: statSync(join(MAIL_FOLDER, name)).mtime }));
  for (const { name, time } of kept.sort((a, b) => a.time - b.time))
    await show(name.replace(/\.eml$/, ""), { raw: readFileSync(join(MAIL_FOLDER, name)), time });
}

async function show(id, { raw, time, recipients }) {
  const { from, to = [], subject, text, html } = await PostalMime.parse(raw);
  mails.push({ id, time, from: from ? [from] : [], to: recipients ?? to, subject, text, html });
  for (const old of mails.splice(0, Math.max(0, mails.length - MOST_MAILS)))
    rmSync(join(MAIL_FOLDER, `${old.id}.eml`), { force: true });
}

async function take(stream, session) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  if (stream.sizeExceeded) throw new Error("the mail is too large");
  const raw = Buffer.concat(chunks);
  const id = randomUUID().slice(0, 8);
  writeFileSync(join(MAIL_FOLDER, `${id}.eml`), raw);
  const recipients = session.envelope.rcptTo.map(({ address }) => ({ address }));
  await show(id, { raw, time: new Date(), recipients });
}

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  size: MOST_BYTES,
  onData: (stream, session, done) => void take(stream, session).then(() => done(), done),
});
// A sender that hangs up is the sender's trouble.
smtp.on("error", (error) => {
  if (smtp.server.listening) return;
  console.error(`The inbox cannot listen on port ${MAIL_SMTP_PORT}: ${error.message}`);
  process.exit(1);
});

/** Only what is asked of this machine by its own name: a page on the web must not read the mail through the visitor's browser. */
const OWN_HOSTS = [`127.0.0.1:${MAIL_PORT}`, `localhost:${MAIL_PORT}`];

function answer(request) {
  if (!OWN_HOSTS.includes(request.headers.host)) return page(403, "");
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  if (pathname === "/") return page(200, listPage(mails));
  if (pathname === "/api/email") return { status: 200, type: "application/json", body: JSON.stringify(mails) };
  const [, , id, part] = pathname.split("/");
  const mail = pathname.startsWith("/mail/") ? mails.find((each) => each.id === id) : undefined;
  if (!mail) return page(404, listPage(mails));
  return part === "body" ? mailBody(mail) : page(200, mailPage(mail));
}

function page(status, body) {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";
  return { status, type: "text/html; charset=utf-8", policy, body };
}

const server = createServer((request, response) => {
  const { status, type, policy = "default-src 'none'", body } = answer(request);
  const headers = { "content-type": type, "content-security-policy": policy, "cache-control": "no-store" };
  response.writeHead(status, { ...headers, "x-content-type-options": "nosniff" }).end(body);
});

await readKept();
smtp.listen(Number(MAIL_SMTP_PORT), "127.0.0.1", () => server.listen(Number(MAIL_PORT), "127.0.0.1"));

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
    smtp.close(() => process.exit(0));
  });
