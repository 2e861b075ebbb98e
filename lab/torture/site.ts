// Runs the site and kills it, at random moments or at a named point in the code. Starts it again each time.
// `stopKilling()` ends the kills.
import { type Child, waitUntilHealthy } from "../../tools/run/processes.mjs";
import { startSite } from "../../tools/run/site.mjs";
import type { RandomSource } from "./seeded-random";

const START_MS = 60_000;
const POINTS = ["after-verify", "mid-transaction", "after-commit", "before-mail", "after-mail"] as const;
export const CONCURRENT_DELIVERIES = 16;
/**
 * The largest N for the crash points before and after an e-mail. A crash point `NAME:N` kills the process when it
 * reaches the point NAME for the Nth time. This N is small, because the site sends few e-mails between two kills.
 */
const MAX_MAILS = 4;
/** A kill at a random moment comes at most this long after a response. */
const KILL_WITHIN_MS = 30;
const MAX_FALSE_STARTS = 20;

/**
 * The way in which a process ended. The end can differ from the plan: for example, a random kill can come before the
 * planned crash point.
 */
type End = "random moment" | "by itself" | (typeof POINTS)[number];
export type ProcessDeathCounts = Partial<Record<End, number>>;
export type RepeatedlyKilledSite = Awaited<ReturnType<typeof openRepeatedlyKilledSite>>;

type Terms = { port: number; settings: Record<string, string>; kills: number; spacing: number; random: RandomSource };
type Life = {
  child: Child;
  ready: Promise<void>;
  killsLeft: number;
  answersLeft: number;
  isKilled: boolean;
  isOver: boolean;
};

/**
 * Starts the site, kills it again and again, and restarts it. `spacing`: about how many responses come between two
 * kills.
 */
export async function openRepeatedlyKilledSite(terms: Terms) {
  const baseUrl = baseUrlOf(terms);
  const deaths: ProcessDeathCounts = {};
  const life: Life = { ...startProcess(terms), killsLeft: terms.kills, answersLeft: 0, isKilled: false, isOver: false };
  planFirstEnd(life, terms);
  const ending = restartUntilOver(life, { terms, deaths });
  ending.catch(() => {});
  return {
    baseUrl: baseUrl,
    deaths,
    /** Waits until the site is healthy. Rejects if the site has exited and will not be started again. */
    untilReady: async () => {
      while (!(await life.ready.then(() => !life.child.hasEnded()).catch(() => false))) {
        const pause = new Promise<false>((go) => setTimeout(go, 20, false));
        if (await Promise.race([ending.then(() => true), pause]))
          throw new Error("the site exited and will not be started again");
      }
    },
    /**
     * Counts a response of the site, and kills the site after the planned number of responses. Call this function after
     * each response.
     */
    countAnswer() {
      life.answersLeft -= 1;
      const { pid } = life.child;
      if (life.answersLeft !== 0 || !pid) return;
      life.isKilled = true;
      setTimeout(() => kill(pid), terms.random.next() * KILL_WITHIN_MS);
    },
    stopKilling() {
      life.killsLeft = 0;
      life.answersLeft = Number.POSITIVE_INFINITY;
    },
    async close() {
      life.isOver = true;
      await life.child.stop();
    },
  };
}

function baseUrlOf({ port }: Terms): string {
  return `http://127.0.0.1:${port}`;
}

function startProcess(terms: Terms, crashAt?: string): { child: Child; ready: Promise<void> } {
  const env = { ...terms.settings, ...(crashAt && { CRASH_AT: crashAt }), LOG_LEVEL: "silent" };
  const child = startSite("site", { port: terms.port, env });
  const ready = waitUntilHealthy(child, `${baseUrlOf(terms)}/api/health`, { timeoutMs: START_MS });
  ready.catch(() => {});
  return { child, ready };
}

async function restartUntilOver(
  life: Life,
  { terms, deaths }: { terms: Terms; deaths: ProcessDeathCounts },
): Promise<void> {
  for (let falseStarts = 0; falseStarts < MAX_FALSE_STARTS; ) {
    await life.ready.then(
      () => (falseStarts = 0),
      (error) => {
        // Ignores a failed start if the process has already ended, because a process can reach its planned crash point
        // while it is still starting.
        if (!life.child.hasEnded()) throw error;
        falseStarts += 1;
      },
    );
    await life.child.ended;
    if (life.isOver) return;
    const end = endOf(life.child, life.isKilled);
    deaths[end] = (deaths[end] ?? 0) + 1;
    life.isKilled = false;
    life.killsLeft -= 1;
    startNext(life, terms);
  }
  throw new Error(`the site no longer starts:\n${life.child.lastLines()}`);
}

function planFirstEnd(life: Life, { spacing, random }: Terms): void {
  const answersToWait = 1 + random.integerBelow(2 * spacing);
  life.answersLeft = life.killsLeft > 0 ? answersToWait : Number.POSITIVE_INFINITY;
}

/**
 * Starts the site's next process. About half of the processes get a named crash point, at which they kill themselves. A
 * process that does not reach its crash point is killed later.
 */
function startNext(life: Life, terms: Terms): void {
  const { spacing, random } = terms;
  const mayDie = life.killsLeft > 0;
  const point = !mayDie || random.next() < 0.5 ? null : (POINTS[random.integerBelow(POINTS.length)] ?? null);
  const answersToWait = point ? 2 * spacing : 1 + random.integerBelow(2 * spacing);
  life.answersLeft = mayDie ? answersToWait : Number.POSITIVE_INFINITY;
  const times = point ? 1 + random.integerBelow(maxTimes(point, spacing)) : 0;
  Object.assign(life, startProcess(terms, point ? `${point}:${times}` : undefined));
}

/**
 * Estimates how often the process can pass the crash point while it gives `answers` responses. Several deliveries share
 * one transaction, and few cause an e-mail.
 */
function maxTimes(point: (typeof POINTS)[number], answers: number): number {
  if (point.endsWith("mail")) return MAX_MAILS;
  return point === "mid-transaction" ? Math.ceil(answers / CONCURRENT_DELIVERIES) : answers;
}

/**
 * Returns how the process ended. A process that ends at a crash point prints the point's name as its last line
 * (systems/crash-points.ts).
 */
function endOf(child: Child, isKilled: boolean): End {
  const named = POINTS.find((point) => child.lastLines().includes(`killed at ${point}`));
  return named ?? (isKilled ? "random moment" : "by itself");
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {}
}
