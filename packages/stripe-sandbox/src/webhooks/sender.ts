// Delivers queued events: per endpoint in order of creation, one at a time unless widened; retried with back-off, each
// time freshly signed, under the same event id. What is queued survives a restart, since the queue is the file.
import type { Store } from "../store";
import { attempt, type Outcome } from "./attempt";
import { type BackOff, isGivenUp, waitAfter } from "./back-off";

export type SenderOptions = BackOff & {
  /** How long an endpoint may take to answer. */
  timeoutMs?: number;
  nowMs?: () => number;
};

type Delivery = {
  id: number;
  account: string;
  event: string;
  endpoint: string;
  attempts: number;
  livemode: number;
};

type Lane = {
  account: string;
  endpoint: string;
  running: Set<number>;
};

export type Sender = ReturnType<typeof openSender>;

export function openSender(store: Store, { timeoutMs = 10_000, nowMs = Date.now, ...backOff }: SenderOptions) {
  const lanes = new Map<string, Lane>();
  const widths = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const closing = new AbortController();
  /** Ends what is under way when the file's deliveries are no longer those of before. */
  let era = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let poked: NodeJS.Immediate | undefined;

  function poke(): void {
    poked ??= setImmediate(() => {
      poked = undefined;
      beginWaits();
      for (const lane of lanesWithWork()) pump(lane);
      sleepUntilNextDue();
    });
  }

  /** A delivery that is to wait does so from the moment that it is first seen. */
  function beginWaits(): void {
    store.sql("UPDATE deliveries SET due_ms = ? - due_ms WHERE due_ms < 0").run(nowMs());
  }

  function lanesWithWork(): Lane[] {
    const text = "SELECT DISTINCT account, endpoint FROM deliveries WHERE state = 'pending'";
    const rows = store.sql(text).all() as { account: string; endpoint: string }[];
    return rows.map(({ account, endpoint }) => {
      const lane = lanes.get(endpoint) ?? { account, endpoint, running: new Set<number>() };
      lanes.set(endpoint, lane);
      return lane;
    });
  }

  function pump(lane: Lane): void {
    const free = (widths.get(lane.account) ?? 1) - lane.running.size;
    if (free <= 0 || closing.signal.aborted) return;
    const { signal } = era;
    for (const delivery of nextOf(lane, free)) {
      lane.running.add(delivery.id);
      void deliver(delivery)
        .catch((failure) => process.stderr.write(`delivery of ${delivery.event} broke: ${failure}\n`))
        .then(() => {
          if (signal.aborted) return;
          lane.running.delete(delivery.id);
          if (!closing.signal.aborted) pump(lane);
        });
    }
    if (lane.running.size === 0) sleepUntilNextDue();
  }

  function nextOf(lane: Lane, free: number): Delivery[] {
    const text = `SELECT id, account, event, endpoint, attempts,
        coalesce((SELECT livemode FROM accounts WHERE accounts.id = account), 0) AS livemode FROM deliveries
      WHERE state = 'pending' AND endpoint = ? AND due_ms BETWEEN 0 AND ? ORDER BY coalesce(place, id), id LIMIT ?`;
    const rows = store.sql(text).all(lane.endpoint, nowMs(), free + lane.running.size) as Delivery[];
    return rows.filter(({ id }) => !lane.running.has(id)).slice(0, free);
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const startedMs = nowMs();
    const { signal } = era;
    const ended = AbortSignal.any([closing.signal, signal]);
    const outcome = await attempt(store, delivery, { signal: ended, timeoutMs, nowMs });
    if (ended.aborted) return;
    store.transaction(() => note(delivery, outcome, startedMs));
    waiting.get(delivery.event)?.();
  }

  function note(delivery: Delivery, outcome: Outcome, startedMs: number): void {
    const attempts = delivery.attempts + 1;
    const state = stateAfter(outcome, attempts, delivery.livemode === 1);
    const dueMs = nowMs() + waitAfter(attempts, backOff);
    store
      .sql("UPDATE deliveries SET state = ?, attempts = ?, due_ms = ? WHERE id = ? AND state = 'pending'")
      .run(state, attempts, dueMs, delivery.id);
    store
      .sql("INSERT INTO attempts (account, delivery, at_ms, status, note, took_ms) VALUES (?, ?, ?, ?, ?, ?)")
      .run(delivery.account, delivery.id, startedMs, outcome.status, outcome.note, nowMs() - startedMs);
  }

  function stateAfter({ status, isGone }: Outcome, attempts: number, livemode: boolean): string {
    if (isGone) return "dropped";
    if (status !== null && status >= 200 && status < 300) return "delivered";
    return isGivenUp(attempts, backOff, livemode) ? "failed" : "pending";
  }

  /** A lane that is full wakes by itself when a delivery ends; every other one is woken when its next is due, or at once if that has passed. */
  function sleepUntilNextDue(): void {
    clearTimeout(timer);
    const due = Math.min(...lanesWithWork().map(nextDueOf));
    if (due < Number.POSITIVE_INFINITY) timer = setTimeout(poke, Math.max(due - nowMs(), 1));
  }

  function nextDueOf(lane: Lane): number {
    const running = [...lane.running];
    if (running.length >= (widths.get(lane.account) ?? 1)) return Number.POSITIVE_INFINITY;
    const text = `SELECT min(due_ms) AS due FROM deliveries
      WHERE state = 'pending' AND endpoint = ? AND id NOT IN (${running.map(() => "?").join(", ")})`;
    const { due } = store.sql(text).get(lane.endpoint, ...running) as { due: number | null };
    return due ?? Number.POSITIVE_INFINITY;
  }

  /** Waits until every endpoint has answered the event once, well or not, and no longer than the limit. */
  async function untilAnswered(account: string, event: string, limitMs: number): Promise<void> {
    const text = "SELECT 1 FROM deliveries WHERE account = ? AND event = ? AND state = 'pending' AND attempts = 0";
    const isOpen = () => store.sql(text).get(account, event) !== undefined;
    if (!isOpen()) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, limitMs);
      waiting.set(event, () => {
        if (isOpen()) return;
        clearTimeout(limit);
        resolve();
      });
    });
    waiting.delete(event);
  }

  function widen(account: string, width: number): void {
    if (width <= 1) widths.delete(account);
    else widths.set(account, width);
  }

  /** Begins anew with what the file holds now: after a reset or a restore. */
  function startOver(): void {
    era.abort();
    era = new AbortController();
    lanes.clear();
    for (const wake of waiting.values()) wake();
    poke();
  }

  function close(): void {
    closing.abort();
    clearTimeout(timer);
    if (poked) clearImmediate(poked);
  }

  const nowS = () => Math.floor(nowMs() / 1000);
  return { poke, untilAnswered, widen, startOver, close, nowS };
}
