// Waits for the jobs of a site that runs, in another process, on this ledger; what they would do in some hours they do now.
import { setTimeout as delay } from "node:timers/promises";
import type { Db } from "../../systems/database";

const IDLE_MS = 180_000;
const POLL_MS = 500;

/** Answers what they have left. */
export async function waitForJobs(db: Db): Promise<string[]> {
  const until = Date.now() + IDLE_MS;
  let left = await listLeft(db);
  while (left.length > 0 && Date.now() < until) {
    await letTimePass(db);
    await delay(POLL_MS);
    left = await listLeft(db);
  }
  return left;
}

async function listLeft(db: Db): Promise<string[]> {
  const questions = await db.followUp.findMany();
  const looks = await db.recurringGift.count({ where: { fetchAfter: { not: null } } });
  const mails = await db.outboxMail.count({ where: { sendAfter: { not: null } } });
  return [
    ...questions.map(({ key, attempts }) => `${key} has been asked ${attempts} times in vain`),
    ...(looks ? [`${looks} recurring gifts wait to be looked at`] : []),
    ...(mails ? [`${mails} mails wait to be sent`] : []),
  ];
}

/** What waits for its next try is due, and what a dead process had in hand is free: hours in a moment. */
async function letTimePass(db: Db): Promise<void> {
  const now = new Date();
  const aMinuteOn = new Date(now.getTime() + 60_000);
  await db.followUp.updateMany({ where: { after: { gt: now } }, data: { after: now } });
  await db.recurringGift.updateMany({ where: { fetchAfter: { gt: now } }, data: { fetchAfter: now } });
  await db.outboxMail.updateMany({ where: { sentAt: null, sendAfter: { gt: now } }, data: { sendAfter: now } });
  // A claim lasts four minutes; one that has a minute less than that is of a process that has died or will have sent it by now.
  await db.outboxMail.updateMany({
    where: { sentAt: null, heldUntil: { gt: aMinuteOn, lt: new Date(now.getTime() + 3.9 * 60_000) } },
    data: { heldUntil: null },
  });
}
