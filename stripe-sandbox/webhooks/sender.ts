// Delivers queued events: per endpoint in order of creation, one at a time unless widened; retried with back-off, each
// time freshly signed, under the same event id. What is queued survives a restart, since the queue is the file.
import type { Store } from "../store";
import { signatureHeader } from "./signature";

export interface SenderOptions {
  /** The first retry waits this long, each further one twice as long. */
  retryBaseMs: number;
  /** How long an endpoint may take to answer. */
  timeoutMs?: number;
  nowMs?: () => number;
}

export const MAX_ATTEMPTS = 16;
const LONGEST_WAIT_MS = 3_600_000;

interface Delivery {
  id: number;
  account: string;
  event: string;
  endpoint: string;
  attempts: number;
}

interface Lane {
  account: string;
  endpoint: string;
  running: Set<number>;
}

export type Sender = ReturnType<typeof openSender>;

export function openSender(store: Store, { retryBaseMs, timeoutMs = 10_000, nowMs = Date.now }: SenderOptions) {
  const lanes = new Map<string, Lane>();
  const widths = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let poked: NodeJS.Immediate | undefined;

  function poke(): void {
    poked ??= setImmediate(() => {
      poked = undefined;
      for (const lane of lanesWithWork()) pump(lane);
      sleepUntilNextDue();
    });
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
    for (const delivery of nextOf(lane, free)) {
      lane.running.add(delivery.id);
      void deliver(delivery)
        .catch((failure) => process.stderr.write(`delivery of ${delivery.event} broke: ${failure}\n`))
        .then(() => {
          lane.running.delete(delivery.id);
          if (!closing.signal.aborted) pump(lane);
        });
    }
    if (lane.running.size === 0) sleepUntilNextDue();
  }

  function nextOf(lane: Lane, free: number): Delivery[] {
    const text = `SELECT id, account, event, endpoint, attempts FROM deliveries
      WHERE state = 'pending' AND endpoint = ? AND due_ms <= ? ORDER BY id LIMIT ?`;
    const rows = store.sql(text).all(lane.endpoint, nowMs(), free + lane.running.size) as Delivery[];
    return rows.filter(({ id }) => !lane.running.has(id)).slice(0, free);
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const startedMs = nowMs();
    const outcome = await post(store, delivery, { signal: closing.signal, timeoutMs, nowMs });
    if (closing.signal.aborted) return;
    const attempts = delivery.attempts + 1;
    const tookMs = nowMs() - startedMs;
    const dueMs = nowMs() + Math.min(retryBaseMs * 2 ** delivery.attempts, LONGEST_WAIT_MS);
    store
      .sql(
        `UPDATE deliveries SET state = ?, attempts = ?, due_ms = ?, last_status = ?, last_note = ?, last_ms = ?
         WHERE id = ? AND state = 'pending'`,
      )
      .run(stateAfter(outcome, attempts), attempts, dueMs, outcome.status, outcome.note, tookMs, delivery.id);
    waiting.get(delivery.event)?.();
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

  function close(): void {
    closing.abort();
    clearTimeout(timer);
    if (poked) clearImmediate(poked);
  }

  return { poke, untilAnswered, widen, close };
}

interface Outcome {
  status: number | null;
  note: string;
  gone?: boolean;
}

function stateAfter({ status, gone }: Outcome, attempts: number): string {
  if (gone) return "dropped";
  if (status !== null && status >= 200 && status < 300) return "delivered";
  return attempts >= MAX_ATTEMPTS ? "failed" : "pending";
}

interface PostOptions {
  signal: AbortSignal;
  timeoutMs: number;
  nowMs: () => number;
}

async function post(store: Store, delivery: Delivery, options: PostOptions): Promise<Outcome> {
  const endpoint = store.find(delivery.account, "webhook_endpoint", delivery.endpoint);
  const event = store.find(delivery.account, "event", delivery.event);
  const aside = store.aside<"webhook_endpoint">(delivery.account, delivery.endpoint);
  if (!endpoint || !event || !aside || endpoint.status !== "enabled")
    return { status: null, note: "the endpoint is gone or disabled", gone: true };
  const body = JSON.stringify(event, null, 2);
  const seconds = Math.floor(options.nowMs() / 1000);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "stripe-signature": signatureHeader(body, aside.secret, seconds),
    "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  };
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  try {
    const response = await fetch(endpoint.url, { method: "POST", headers, body, redirect: "manual", signal });
    const answer = await response.text();
    return { status: response.status, note: answer.slice(0, 200) };
  } catch (failure) {
    return { status: null, note: reasonOf(failure) };
  }
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const { cause } = failure;
  return cause instanceof Error ? `${failure.message}: ${cause.message}` : failure.message;
}
