import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import PostalMime, { type Address } from "postal-mime";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { type InboxMail, type InboxResponse, mailBodyResponse, mailListPage, mailPage } from "./inbox-page";

type Received = { raw: Buffer; time: Date; recipients?: { address: string }[] };

const { MAIL_PORT, MAIL_SMTP_PORT, MAIL_FOLDER = "mail" } = process.env;
const MAX_MAILS = 500;
const MAX_BYTES = 5_000_000;

const mails: InboxMail[] = [];

async function readStoredMails(): Promise<void> {
  mkdirSync(MAIL_FOLDER, { recursive: true });
  const files = readdirSync(MAIL_FOLDER).filter((name) => name.endsWith(".eml"));
  const stored = files.map((name) => ({ name, time: statSync(join(MAIL_FOLDER, name)).mtime }));
  for (const { name, time } of stored.sort((a, b) => a.time.getTime() - b.time.getTime()))
    await addMail(name.replace(/\.eml$/, ""), { raw: readFileSync(join(MAIL_FOLDER, name)), time });
}

async function addMail(id: string, { raw, time, recipients }: Received): Promise<void> {
  const { from, to = [], subject, text, html } = await PostalMime.parse(raw);
  mails.push({ id, time, from: from ? [from] : [], to: recipients ?? to.map(addressOf), subject, text, html });
  for (const old of mails.splice(0, Math.max(0, mails.length - MAX_MAILS)))
    rmSync(join(MAIL_FOLDER, `${old.id}.eml`), { force: true });
}

function addressOf({ address }: Address): { address?: string } {
  return { address };
}

async function receiveMail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  if (stream.sizeExceeded) throw new Error("the e-mail is too large");
  const raw = Buffer.concat(chunks);
  const id = randomUUID().slice(0, 8);
  writeFileSync(join(MAIL_FOLDER, `${id}.eml`), raw);
  const recipients = session.envelope.rcptTo.map(({ address }) => ({ address }));
  await addMail(id, { raw, time: new Date(), recipients });
}

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  size: MAX_BYTES,
  onData: (stream, session, done) => void receiveMail(stream, session).then(() => done(), done),
});
smtp.on("error", (error) => {
  // When the server is already listening, an error only means that a sender's connection broke.
  if (smtp.server.listening) return;
  console.error(`The inbox cannot listen on port ${MAIL_SMTP_PORT}: ${error.message}`);
  process.exit(1);
});

/**
 * The accepted Host headers. If any Host were accepted, a page on the web could read the e-mails through its visitor's
 * browser.
 */
const OWN_HOSTS = [`127.0.0.1:${MAIL_PORT}`, `localhost:${MAIL_PORT}`];

function answer(request: IncomingMessage): InboxResponse {
  if (!OWN_HOSTS.includes(request.headers.host ?? "")) return page(403, "");
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  if (pathname === "/") return page(200, mailListPage(mails));
  if (pathname === "/api/email") {
    return { status: 200, type: "application/json", body: JSON.stringify(mailsTo(searchParams.get("to"))) };
  }
  const [, , id, part] = pathname.split("/");
  const mail = pathname.startsWith("/mail/") ? mails.find((each) => each.id === id) : undefined;
  if (!mail) return page(404, mailListPage(mails));
  return part === "body" ? mailBodyResponse(mail) : page(200, mailPage(mail));
}

function mailsTo(address: string | null): InboxMail[] {
  return address === null ? mails : mails.filter(({ to }) => to.some((each) => each.address === address));
}

function page(status: number, body: string): InboxResponse {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";
  return { status, type: "text/html; charset=utf-8", contentSecurityPolicy: policy, body };
}

const server = createServer((request, response) => {
  const { status, type, contentSecurityPolicy = "default-src 'none'", body } = answer(request);
  const headers = {
    "content-type": type,
    "content-security-policy": contentSecurityPolicy,
    "cache-control": "no-store",
  };
  response.writeHead(status, { ...headers, "x-content-type-options": "nosniff" }).end(body);
});

await readStoredMails();
smtp.listen(Number(MAIL_SMTP_PORT), "127.0.0.1", () => server.listen(Number(MAIL_PORT), "127.0.0.1"));

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
    smtp.close(() => process.exit(0));
  });
