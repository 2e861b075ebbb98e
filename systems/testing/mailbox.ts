import type { Db } from "../database";
import { identityCrypto } from "../identity";
import { startTestMailServer, type TestMailServer } from "../mail/mail-server-for-tests";
import { sendDueMail } from "../mail/send-due";
import { smtpTransport } from "../mail/transport";
import { type ParsedMail, parseRawMail } from "./parse-raw-mail";

export type Mailbox = Awaited<ReturnType<typeof openTestMailbox>>;

export async function openTestMailbox() {
  const inbox: TestMailServer = await startTestMailServer();
  const transport = smtpTransport({ url: inbox.url, from: "The Paper <paper@news.example>", siteHost: "news.example" });
  return {
    /** Sends the e-mails that are due, and returns the received ones in the order in which they arrived. */
    async take(db: Db, now = new Date()): Promise<ParsedMail[]> {
      while ((await sendDueMail(db, { now, transport, identity: identityCrypto() })).handled > 0);
      return inbox.mails.splice(0).map(parseRawMail);
    },
    empty: () => void inbox.mails.splice(0),
    close: () => inbox.close(),
  };
}
