// The built site as a process that is killed: at random moments, or at a point that it is told by name. It is started again each
// time, until it is left in peace.
import { type Child, waitUntilHealthy } from "../../tools/run/processes.mjs";
import { startSite } from "../../tools/run/site.mjs";
import type { Dice } from "./dice";

const START_MS = 60_000;
const POINTS = ["after-verify", "mid-transaction", "after-commit", "before-mail", "after-mail"] as const;
/** Deliveries at the same time. */
export const AT_ONCE = 16;
/** Few mails leave in a life as short as these. */
const MOST_MAILS = 4;
const LAST_MOMENT_MS = 30;
const FALSE_STARTS = 20;

/** As it happened, not as it was planned: a process that was meant to die at a point may meet a random end first. */
type End = "random moment" | "by itself" | (typeof POINTS)[number];
export type Deaths = Partial<Record<End, number>>;
export type Site = Awaited<ReturnType<typeof openSite>>;

/** `kills` deaths, one in about `spacing` answers. */
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
    for (let falseStarts = 0; falseStarts < FALSE_STARTS; ) {
      await ready.then(
        () => (falseStarts = 0),
        (error) => {
          // It may die of its named point while it starts.
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
    throw new Error(`the site does not start any more:\n${child.lastLines()}`);
  }

  /** How the next life ends; the first one is under way already. */
  function planEnd(isFirst: boolean): void {
    const mayDie = left > 0;
    const point = isFirst || !mayDie || dice.next() < 0.5 ? null : (POINTS[dice.throw(POINTS.length)] ?? null);
    // A named point is waited for, unless it does not come by at all.
    const patience = point ? 2 * terms.spacing : 1 + dice.throw(2 * terms.spacing);
    answersLeft = mayDie ? patience : Number.POSITIVE_INFINITY;
    if (isFirst) return;
    const times = point ? 1 + dice.throw(mostTimes(point, terms.spacing)) : 0;
    child = start(point && { point, times });
    ready = waitUntilHealthy(child, `${address}/api/health`, { timeoutMs: START_MS });
    ready.catch(() => {});
  }

  return {
    address,
    deaths,
    /** Resolves while it answers; throws where it will not any more. */
    untilReady: async () => {
      while (!(await ready.then(() => !child.hasEnded()).catch(() => false))) {
        const gone = await Promise.race([life.then(() => true), new Promise<false>((go) => setTimeout(go, 20, false))]);
        if (gone) throw new Error("the site is over");
      }
    },
    /** To be called with each answer: it may be the last of this life. */
    answered() {
      answersLeft -= 1;
      const { pid } = child;
      if (answersLeft !== 0 || !pid) return;
      isByHand = true;
      setTimeout(() => kill(pid), dice.next() * LAST_MOMENT_MS);
    },
    /** No more deaths. */
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

/** How often a life of so many answers comes by: deliveries that come together share a transaction, and few of them bring a mail. */
function mostTimes(point: (typeof POINTS)[number], answers: number): number {
  if (point.endsWith("mail")) return MOST_MAILS;
  return point === "mid-transaction" ? Math.ceil(answers / AT_ONCE) : answers;
}

/** A process that dies at a named point says so with its last breath (systems/crash-points.ts). */
function endOf(child: Child, isByHand: boolean): End {
  const named = POINTS.find((point) => child.lastLines().includes(`killed at ${point}`));
  return named ?? (isByHand ? "random moment" : "by itself");
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has died by itself a moment ago.
  }
}
