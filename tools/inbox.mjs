// The mail inbox of the demo and of the tests: takes every mail that the site sends and shows it on a web page of this machine.
import { mkdirSync } from "node:fs";
import { MailDev } from "maildev";

const { MAIL_PORT, MAIL_SMTP_PORT, MAIL_FOLDER } = process.env;
mkdirSync(MAIL_FOLDER, { recursive: true });
const inbox = new MailDev({
  web: Number(MAIL_PORT),
  smtp: Number(MAIL_SMTP_PORT),
  ip: "127.0.0.1",
  webIp: "127.0.0.1",
  mailDirectory: MAIL_FOLDER,
  maxEmails: 500,
  silent: true,
});

await inbox.start();
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, async () => {
    await inbox.stop();
    process.exit(0);
  });
