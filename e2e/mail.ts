// Reads a reader's mail over the inbox's HTTP interface.
import { expect } from "@playwright/test";
import { MAIL } from "./world";

export type Mail = { subject: string; text: string; html: string; to: { address: string }[] };

/** Returns all mail to an address, oldest first. */
export async function mailTo(address: string): Promise<Mail[]> {
  const answer = await fetch(`${MAIL}/api/email`);
  const all = (await answer.json()) as Mail[];
  return all.filter((letter) => letter.to.some((to) => to.address === address));
}

/** Waits for the `count`-th mail to an address, and returns it. */
export async function nextMailTo(address: string, count = 1): Promise<Mail> {
  await expect
    .poll(async () => (await mailTo(address)).length, {
      message: `mail number ${count} to ${address}`,
      intervals: [50, 100, 200],
    })
    .toBeGreaterThanOrEqual(count);
  const letter = (await mailTo(address))[count - 1];
  if (!letter) throw new Error("the mailbox lost a mail");
  return letter;
}

/** Waits for the first mail to an address with this subject. For mails that other mails may overtake. */
export async function mailAbout(address: string, subject: RegExp): Promise<Mail> {
  const find = async () => (await mailTo(address)).find((letter) => subject.test(letter.subject));
  await expect
    .poll(async () => Boolean(await find()), { message: `${subject} to ${address}`, intervals: [50, 100, 200] })
    .toBe(true);
  const letter = await find();
  if (!letter) throw new Error("the mailbox lost a mail");
  return letter;
}

/** Waits for the `count`-th mail to an address with a link to a sign-in. Other mails may come before and between. */
export async function nextSignInLink(address: string, count: number): Promise<string> {
  const list = async () => (await mailTo(address)).flatMap((letter) => findLink(letter, "/sign-in/confirm") ?? []);
  await expect
    .poll(async () => (await list()).length, {
      message: `sign-in link number ${count} to ${address}`,
      intervals: [50, 100, 200],
    })
    .toBeGreaterThanOrEqual(count);
  return (await list())[count - 1] ?? "";
}

export async function countSignInLinks(address: string): Promise<number> {
  return (await mailTo(address)).filter((letter) => findLink(letter, "/sign-in/confirm")).length;
}

/** Finds the link whose path begins with `path` in a mail; fails if the mail has none. */
export function linkIn(letter: Mail, path: string): string {
  const found = findLink(letter, path);
  if (!found) throw new Error(`no link to ${path} in "${letter.subject}"`);
  return found;
}

function findLink(letter: Mail, path: string): string | undefined {
  return letter.text.match(/https?:\/\/\S+/g)?.find((link) => new URL(link).pathname.startsWith(path));
}
