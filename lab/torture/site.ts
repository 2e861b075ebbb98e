// Runs the built site and kills it, at random moments or at a named point. Starts it again each time, until `leaveInPeace()`.
import { type Child, waitUntilHealthy } from "../../tools/run/processes.mjs";
import { startSite } from "../../tools/run/site.mjs";
import type { Dice } from "./dice";

const START_MS = 60_000;
const POINTS = ["after-verify", "mid-transaction", "after-commit", "before-mail", "after-mail"] as const;
/** Deliveries in flight. */
export const IN_FLIGHT = 16;
/** Few mails leave between two deaths. */
const MAX_MAILS = 4;
/** A kill at a random moment follows an answer within this time. */
const KILL_WITHIN_MS = 30;
const MAX_FALSE_STARTS = 20;

/** How the process really died, which may differ from the plan: a random kill may come before the named point. */
type End = "random moment" | "by itself" | (typeof POINTS)[number];
export type Deaths = Partial<Record<End, number>>;
export type Site = Awaited<ReturnType<typeof openSite>>;

/** Kills the site `kills` times, after about `spacing` answers each. */
export async function openSite(terms: {
  port: number;
  settings: Record<string, string>;
  kills: number;
  spacing: number;
  dice: Dice;
}) {
  const { port, settings, dice } = terms;
  const address = `http://127.0.0.1:${port}`;
  const deaths: Deaths = {};
  let [left, answersLeft, isOver, isByHand] = [terms.kills, 0, false, false];
  let child = start(null);
  let ready = waitUntilHealthy(child, `${address}/api/health`, { timeoutMs: START_MS });
  const life = liveAndDie();
  life.catch(() => {});

  function start(at: { point: string; times: number } | null): Child {
    const crash = at ? { CRASH_AT: `${at.point}:${at.times}` } : {};
    return startSite("site", { port, env: { ...settings, ...crash, LOG_LEVEL: "silent" } });
  }

  async function liveAndDie(): Promise<void> {
    planEnd(true);
    for (let falseStarts = 0; falseStarts < MAX_FALSE_STARTS; ) {
      await ready.then(
        () => (falseStarts = 0),
        (error) => {
          // It may reach its named point while it starts.
          if (!child.hasEnded()) throw error;
          falseStarts += 1;
        },
      );
      await child.ended;
      if (isOver) return;
      const end = endOf(child, isByHand);
      isByHand = false;
      deaths[end] = (deaths[end] ?? 0) + 1;
      left -= 1;
      planEnd(false);
    }
    throw new Error(`the site no longer starts:\n${child.lastLines()}`);
  }

  /** Plans how the next process ends, and starts it. The first one is already running. */
  function planEnd(isFirst: boolean): void {
    const mayDie = left > 0;
    const point = isFirst || !mayDie || dice.next() < 0.5 ? null : (POINTS[dice.throw(POINTS.length)] ?? null);
    // For a named point, a random kill comes only where the process never reaches the point.
    const answersToWait = point ? 2 * terms.spacing : 1 + dice.throw(2 * terms.spacing);
    answersLeft = mayDie ? answersToWait : Number.POSITIVE_INFINITY;
    if (isFirst) return;
    const times = point ? 1 + dice.throw(maxTimes(point, terms.spacing)) : 0;
    child = start(point && { point, times });
    ready = waitUntilHealthy(child, `${address}/api/health`, { timeoutMs: START_MS });
    ready.catch(() => {});
  }

  return {
    address,
    deaths,
    /** Resolves once the site answers. Throws once it will not be started again. */
    untilReady: async () => {
      while (!(await ready.then(() => !child.hasEnded()).catch(() => false))) {
        const gone = await Promise.race([life.then(() => true), new Promise<false>((go) => setTimeout(go, 20, false))]);
        if (gone) throw new Error("the site has ended for good");
      }
    },
    /** Call it after each answer, because the site may be killed then. */
    answered() {
      answersLeft -= 1;
      const { pid } = child;
      if (answersLeft !== 0 || !pid) return;
      isByHand = true;
      setTimeout(() => kill(pid), dice.next() * KILL_WITHIN_MS);
    },
    /** No more kills. */
    leaveInPeace() {
      left = 0;
      answersLeft = Number.POSITIVE_INFINITY;
    },
    async close() {
      isOver = true;
      await child.stop();
    },
  };
}

/** How often a process reaches a point within so many answers: deliveries share transactions, and few of them cause a mail. */
function maxTimes(point: (typeof POINTS)[number], answers: number): number {
  if (point.endsWith("mail")) return MAX_MAILS;
  return point === "mid-transaction" ? Math.ceil(answers / IN_FLIGHT) : answers;
}

/** A process that dies at a named point prints that as its last line (systems/crash-points.ts). */
function endOf(child: Child, isByHand: boolean): End {
  const named = POINTS.find((point) => child.lastLines().includes(`killed at ${point}`));
  return named ?? (isByHand ? "random moment" : "by itself");
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just died by itself.
  }
}
