// Waits until the background jobs of another process have no work left on this ledger, or until TIMEOUT_MS has passed.
// While it waits, brings forward all work that is planned for later, so that it is due at once. Also releases e-mails
// that a process had claimed before it was killed. Returns a line for each piece of work that is left.
import { setTimeout as delay } from "node:timers/promises";
import type { Db } from "../../systems/database";

const TIMEOUT_MS = 180_000;
const POLL_MS = 500;

export async function hastenAndAwaitJobs(db: Db): Promise<string[]> {
  const until = Date.now() + TIMEOUT_MS;
  let left = await listLeft(db);
  while (left.length > 0 && Date.now() < until) {
    await letTimePass(db);
    await delay(POLL_MS);
    left = await listLeft(db);
  }
  return left;
}

async function listLeft(db: Db): Promise<string[]> {
  const queries = await db.followUp.findMany();
  const fetches = await db.recurringGift.count({ where: { fetchAfter: { not: null } } });
  const mails = await db.outboxMail.count({ where: { sendAfter: { not: null } } });
  return [
    ...queries.map(({ key, attempts }) => `Stripe was asked for ${key} ${attempts} times without an answer`),
    ...(fetches ? [`${fetches} recurring gifts wait to be fetched`] : []),
    ...(mails ? [`${mails} mails wait to be sent`] : []),
  ];
}

async function letTimePass(db: Db): Promise<void> {
  const now = new Date();
  const aMinuteOn = new Date(now.getTime() + 60_000);
  await db.followUp.updateMany({ where: { after: { gt: now } }, data: { after: now } });
  await db.recurringGift.updateMany({ where: { fetchAfter: { gt: now } }, data: { fetchAfter: now } });
  await db.outboxMail.updateMany({ where: { sentAt: null, sendAfter: { gt: now } }, data: { sendAfter: now } });
  // A process claims an e-mail for four minutes, but sends it within seconds. So if a claim is six seconds old, its
  // process has been killed. Releases such claims, so that another process sends the e-mail.
  await db.outboxMail.updateMany({
    where: { sentAt: null, heldUntil: { gt: aMinuteOn, lt: new Date(now.getTime() + 3.9 * 60_000) } },
    data: { heldUntil: null },
  });
}
