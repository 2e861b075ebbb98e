import { setTimeout as delay } from "node:timers/promises";
import type Stripe from "stripe";
import type { Db } from "../../../systems/database";
import { deliverToBoth, formatResponseStatusCounts, type ResponseStatusCounts } from "./deliver-to-both";
import type { SiteInstance } from "./instance";
import type { TrialResult } from "./trial-result";

/** The longest wait until the other server takes over the jobs. It is longer than the lease, which lasts 30 s. */
const TAKE_OVER_TIMEOUT_MS = 45_000;
const POLL_MS = 50;

type Servers = { db: Db; both: SiteInstance[] };

export async function runDeliveryTrialWithoutKills(
  events: Stripe.Event[],
  { db, both }: Servers,
): Promise<TrialResult> {
  const holders = new Set<string>();
  const startedAt = performance.now();
  const delivering = deliverToBoth(events, both);
  const answers = await meanwhile(delivering, async () => holders.add((await holderOf(db)) ?? "nobody"));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  holders.delete("nobody");
  const runner = await instanceOf(db, both);
  const idle = both.filter((each) => each !== runner);
  const byIdle = idle.reduce((sum, { inbox }) => sum + inbox.mails.length, 0);
  return {
    rows: [
      [
        "events, each at both servers at once",
        `${events.length} in ${seconds} s; answers: ${formatResponseStatusCounts(answers)}`,
      ],
      [
        "servers that held the lease of the jobs; mails that each sent",
        `${holders.size} of 2; ${runner?.inbox.mails.length} and ${byIdle}`,
      ],
    ],
    differences: [
      ...(isAll200(answers) ? [] : [`not every answer was 200: ${formatResponseStatusCounts(answers)}`]),
      ...(holders.size === 1 ? [] : [`${holders.size} servers held the lease of the jobs`]),
      ...(byIdle === 0 ? [] : [`the server without the lease sent ${byIdle} mails`]),
    ],
  };
}

/**
 * Delivers the events to both servers. Meanwhile kills the server that runs the jobs. Starts it again when the other
 * server has taken over the jobs, or after TAKE_OVER_TIMEOUT_MS.
 */
export async function deliverWhileJobRunnerIsKilled(
  events: Stripe.Event[],
  { db, both }: Servers,
): Promise<TrialResult> {
  const runner = await instanceOf(db, both);
  const other = both.find((each) => each !== runner);
  if (!runner || !other) return { rows: [], differences: ["neither server runs the jobs"] };
  const delivering = deliverToBoth(events, both);
  let undone = 0;
  while (undone === 0) undone = await countUndone(db);
  await runner.kill();
  const startedAt = performance.now();
  const isTaken = async () => (await holderOf(db)) === other.holder();
  while (!(await isTaken()) && performance.now() - startedAt < TAKE_OVER_TIMEOUT_MS) await delay(POLL_MS);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const differences = (await isTaken()) ? [] : ["no server has taken over the jobs"];
  await runner.startAgain();
  const answers = await delivering;
  return {
    rows: [
      [
        "more events, while the server that runs the jobs is killed",
        `${events.length}; answers: ${formatResponseStatusCounts(answers)}`,
      ],
      ["its work is taken over", `${undone} mails and queries, after ${seconds} s`],
    ],
    differences: [
      ...differences,
      ...(isAll200(answers) ? [] : [`not every answer was 200: ${formatResponseStatusCounts(answers)}`]),
    ],
  };
}

function isAll200(answers: ResponseStatusCounts): boolean {
  return [...answers.keys()].every((status) => status === 200 || status === 0);
}

async function meanwhile<T>(work: Promise<T>, observe: () => Promise<unknown>): Promise<T> {
  let isOver = false;
  work.finally(() => (isOver = true)).catch(() => {});
  while (!isOver) {
    await observe();
    await delay(POLL_MS);
  }
  return work;
}

async function countUndone(db: Db): Promise<number> {
  const mails = await db.outboxMail.count({ where: { sendAfter: { not: null } } });
  return mails + (await db.followUp.count());
}

async function instanceOf(db: Db, both: SiteInstance[]): Promise<SiteInstance | undefined> {
  const holder = await holderOf(db);
  return both.find((each) => each.holder() === holder);
}

async function holderOf(db: Db): Promise<string | undefined> {
  return (await db.lease.findUnique({ where: { name: "jobs" } }))?.holder;
}
