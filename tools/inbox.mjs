// The mail inbox of the demo and of the journeys: maildev takes every mail that the site sends, and a small web page of our own
// shows them. Maildev's own page holds mails in a frame that opens no link, and clicking the sign-in link is what it is for.
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { MailDev } from "maildev";
import { listPage, mailBody, mailPage } from "./inbox-page.mjs";

const { MAIL_PORT, MAIL_SMTP_PORT, MAIL_FOLDER } = process.env;
mkdirSync(MAIL_FOLDER, { recursive: true });
const maildev = new MailDev({
  disableWeb: true,
  smtp: Number(MAIL_SMTP_PORT),
  ip: "127.0.0.1",
  mailDirectory: MAIL_FOLDER,
  maxEmails: 500,
  silent: true,
});
const { storage } = await maildev.start();

/** Only what is asked of this machine by its own name: a page on the web must not read the mail through the visitor's browser. */
const OWN_HOSTS = [`127.0.0.1:${MAIL_PORT}`, `localhost:${MAIL_PORT}`];

async function answer(request) {
  if (!OWN_HOSTS.includes(request.headers.host)) return page(403, "");
  const mails = await storage.getAll();
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

const server = createServer(async (request, response) => {
  const { status, type, policy = "default-src 'none'", body } = await answer(request);
  const headers = { "content-type": type, "content-security-policy": policy, "cache-control": "no-store" };
  response.writeHead(status, { ...headers, "x-content-type-options": "nosniff" }).end(body);
});
server.listen(Number(MAIL_PORT), "127.0.0.1");

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, async () => {
    server.close();
    await maildev.stop();
    process.exit(0);
  });
