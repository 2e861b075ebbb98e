// Sends e-mails by SMTP. Every step has a time limit, so that no call hangs.
import "server-only";
import { createTransport } from "nodemailer";
import { publication } from "../../publication";
import { env, siteUrl } from "../env";

export type OutgoingMail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where mail programs post a one-click unsubscribe. Null if the e-mail has no such link. */
  unsubscribeUrl: string | null;
};
export type MailTransport = { send(mail: OutgoingMail): Promise<void> };

const CONNECTION_TIMEOUT_MS = 8_000;
const SOCKET_TIMEOUT_MS = 15_000;

/**
 * `url`: smtp:// or smtps://, with name and password if the server needs them. `siteHost`: the site's host name. The
 * client sends it to the mail server as its own name. It is also a part of each e-mail's Message-ID.
 */
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
    async send({ id, to, subject, text, html, unsubscribeUrl }) {
      await smtp.sendMail({
        from,
        // `to` is an object, because nodemailer could split a text with a strange address into several addresses.
        to: { name: "", address: to },
        subject,
        text,
        html,
        // The id is the same for every attempt, so that mail programs recognise a duplicate.
        messageId: `<${id}@${siteHost}>`,
        headers: {
          "Auto-Submitted": "auto-generated",
          "X-Auto-Response-Suppress": "All",
          ...(unsubscribeUrl ? oneClick(unsubscribeUrl) : {}),
        },
      });
    },
  };
}

/**
 * The headers for a one-click unsubscribe (RFC 8058). The mail server's DKIM signature must cover both headers.
 * Otherwise mail programs show no button to unsubscribe.
 */
function oneClick(url: string) {
  return {
    // `prepared` keeps nodemailer from folding the header, because some mail programs read only its first line.
    "List-Unsubscribe": { prepared: true, value: `<${url}>` },
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

let own: MailTransport | undefined;

export function mailTransport(): MailTransport {
  own ??= smtpTransport({
    url: env().SMTP_URL,
    from: env().MAIL_FROM ?? publication.mailFrom,
    siteHost: new URL(siteUrl()).hostname,
  });
  return own;
}
