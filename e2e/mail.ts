import { expect } from "@playwright/test";
import { INBOX_URL } from "./world";

export type Mail = { subject: string; text: string; html: string; to: { address: string }[] };

/** Returns all e-mails to the address, oldest first. */
export async function listMailsTo(address: string): Promise<Mail[]> {
  const answer = await fetch(`${INBOX_URL}/api/email?${new URLSearchParams({ to: address })}`);
  return (await answer.json()) as Mail[];
}

const SUBJECTS = {
  thanks: /^Thank you: your receipt from /,
  "debit-pending": / is on its way$/,
  refunded: /^Your refund from /,
  changed: /^A change at /,
  "renewal-failed": /^A payment to .+ did not go through$/,
  "address-old": /^A change of your address at /,
  "address-new": /^Confirm this address for /,
  "reminder-confirm": /^Please confirm: a reminder from /,
  reminder: /^The reminder that you asked /,
  "passkey-added": /^A passkey was added$/,
  invitation: /^Your invitation to the newsroom of /,
};
type MailKind = keyof typeof SUBJECTS;

/** Returns the e-mails of this kind to the address, oldest first. */
export async function listMailsOfKind(address: string, kind: MailKind): Promise<Mail[]> {
  return (await listMailsTo(address)).filter(({ subject }) => SUBJECTS[kind].test(subject));
}

/**
 * Waits until `nth` e-mails of this kind have arrived, and returns the one with that number. E-mails of other kinds
 * do not count.
 */
export async function waitForMail(address: string, kind: MailKind, nth = 1): Promise<Mail> {
  await expect
    .poll(async () => (await listMailsOfKind(address, kind)).length, {
      message: `mail "${kind}" number ${nth} to ${address}`,
      intervals: [50, 100, 200],
    })
    .toBeGreaterThanOrEqual(nth);
  const mail = (await listMailsOfKind(address, kind))[nth - 1];
  if (!mail) throw new Error("the mailbox lost a mail");
  return mail;
}

/**
 * Waits until `nth` e-mails with a sign-in link have arrived, and returns the link with that number. Other e-mails do
 * not count.
 */
export async function waitForSignInLink(address: string, nth = 1): Promise<string> {
  const list = async () => (await listMailsTo(address)).flatMap((mail) => findLink(mail, "/sign-in/confirm") ?? []);
  await expect
    .poll(async () => (await list()).length, {
      message: `sign-in link number ${nth} to ${address}`,
      intervals: [50, 100, 200],
    })
    .toBeGreaterThanOrEqual(nth);
  return (await list())[nth - 1] ?? "";
}

export async function countSignInLinks(address: string): Promise<number> {
  return (await listMailsTo(address)).filter((mail) => findLink(mail, "/sign-in/confirm")).length;
}

export function getLinkIn(mail: Mail, path: string): string {
  const found = findLink(mail, path);
  if (!found) throw new Error(`no link to ${path} in "${mail.subject}"`);
  return found;
}

function findLink(mail: Mail, path: string): string | undefined {
  return mail.text.match(/https?:\/\/\S+/g)?.find((link) => new URL(link).pathname.startsWith(path));
}
