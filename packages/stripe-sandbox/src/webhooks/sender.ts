// Sends webhook deliveries and retries them. The queue is stored, so it survives a restart.
import type { Store } from "../store";
import { createFirstDeliveryAttemptWaiter } from "./answers";
import { attemptDelivery, type DeliveryAttemptOutcome } from "./attempt";
import { isGivenUp, type RetryBackOffSettings, retryDelayMs } from "./back-off";
import { type Delivery, recordDeliveryAttempt, startDeliveryDelaysSetByFaults } from "./deliveries";
import { createDeliveryLanesPerEndpoint, type RunningEndpointDeliveries } from "./lanes";

export type SenderOptions = RetryBackOffSettings & {
  /** The time within which an endpoint must answer, in milliseconds; 10,000 by default. */
  timeoutMs?: number;
  nowMs?: () => number;
};

export type WebhookSender = ReturnType<typeof openWebhookSender>;

export function openWebhookSender(store: Store, { timeoutMs = 10_000, nowMs = Date.now, ...backOff }: SenderOptions) {
  const lanes = createDeliveryLanesPerEndpoint(store, nowMs);
  const answers = createFirstDeliveryAttemptWaiter(store);
  const alarm = openAlarm(work, nowMs);
  const closing = new AbortController();
  /**
   * Stops the deliveries that are being sent. startOver() aborts this controller, because all stored data was replaced,
   * and creates a new one.
   */
  let era = new AbortController();

  function work(): void {
    startDeliveryDelaysSetByFaults(store, nowMs());
    for (const lane of lanes.listLanesWithWork()) pump(lane);
    alarm.set(lanes.nextDue());
  }

  function pump(lane: RunningEndpointDeliveries): void {
    if (closing.signal.aborted) return;
    const { signal } = era;
    for (const delivery of lanes.nextOf(lane)) {
      lane.running.add(delivery.id);
      void deliver(delivery)
        .catch((failure) => process.stderr.write(`delivery of ${delivery.event} failed: ${failure}\n`))
        .then(() => {
          if (signal.aborted) return;
          lane.running.delete(delivery.id);
          if (!closing.signal.aborted) pump(lane);
        });
    }
    if (lane.running.size === 0) alarm.set(lanes.nextDue());
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const startedMs = nowMs();
    const ended = AbortSignal.any([closing.signal, era.signal]);
    const outcome = await attemptDelivery(store, delivery, { signal: ended, timeoutMs, nowMs });
    if (ended.aborted) return;
    const state = stateAfter(outcome, delivery, backOff);
    const endedMs = nowMs();
    const dueMs = endedMs + retryDelayMs(delivery.attempts + 1, backOff);
    store.transaction(() => recordDeliveryAttempt(store, delivery, { outcome, state, startedMs, endedMs, dueMs }));
    answers.answered(delivery.event);
  }

  function startOver(): void {
    era.abort();
    era = new AbortController();
    lanes.clear();
    answers.recheckAll();
    alarm.wake();
  }

  function close(): void {
    closing.abort();
    alarm.close();
  }
  const nowS = () => Math.floor(nowMs() / 1000);
  return { wake: alarm.wake, untilAnswered: answers.untilAnswered, setWidth: lanes.setWidth, startOver, close, nowS };
}

function stateAfter(
  { status, isUndeliverable }: DeliveryAttemptOutcome,
  { attempts, livemode }: Delivery,
  backOff: RetryBackOffSettings,
): string {
  if (isUndeliverable) return "dropped";
  if (status !== null && status >= 200 && status < 300) return "delivered";
  return isGivenUp(attempts + 1, backOff, livemode === 1) ? "failed" : "pending";
}

/** Returns an alarm that runs `work`. `wake`: runs it soon. `set`: runs it at a given time, in Unix milliseconds. */
function openAlarm(work: () => void, nowMs: () => number) {
  let timer: NodeJS.Timeout | undefined;
  let woken: NodeJS.Immediate | undefined;

  function wake(): void {
    woken ??= setImmediate(() => {
      woken = undefined;
      work();
    });
  }

  function set(dueMs: number | null): void {
    clearTimeout(timer);
    if (dueMs !== null) timer = setTimeout(wake, Math.max(dueMs - nowMs(), 1));
  }

  function close(): void {
    clearTimeout(timer);
    if (woken) clearImmediate(woken);
  }
  return { wake, set, close };
}
