// The way out of the house by SMTP. No call may hang: every step has its own time limit.
import "server-only";
import { createTransport } from "nodemailer";
import { publication } from "../../publication";
import { env, siteUrl } from "../env";

export type OutgoingMail = { id: string; to: string; subject: string; text: string; html: string };
export type MailTransport = { send(mail: OutgoingMail): Promise<void> };

const CONNECTION_TIMEOUT_MS = 8_000;
const SOCKET_TIMEOUT_MS = 15_000;

/** `url`: smtp:// or smtps://, with name and password if the server asks for them. `siteHost` stands in the Message-ID. */
export function smtpTransport({ url, from, siteHost }: { url: string; from: string; siteHost: string }): MailTransport {
  const smtp = createTransport({
    url,
    name: siteHost,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    dnsTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: CONNECTION_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ id, to, subject, text, html }) {
      await smtp.sendMail({
        from,
        // As an object: an address that came from outside is not parsed into several.
        to: { name: "", address: to },
        subject,
        text,
        html,
        // The same for every try at the same mail, so that a repeat can be known as one.
        messageId: `<${id}@${siteHost}>`,
        headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
      });
    },
  };
}

let own: MailTransport | undefined;

/** The transport that the settings name. */
export function mailTransport(): MailTransport {
  own ??= smtpTransport({
    url: env().SMTP_URL,
    from: env().MAIL_FROM ?? publication.mailFrom,
    siteHost: new URL(siteUrl()).hostname,
  });
  return own;
}
