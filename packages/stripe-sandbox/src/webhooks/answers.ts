import type { Store } from "../store";
import { hasUnattemptedDelivery } from "./deliveries";

/** Lets callers wait until each delivery of an event was attempted once, or until a time limit. */
export function createFirstDeliveryAttemptWaiter(store: Store) {
  /**
   * Maps each event id to one function for each caller that waits. The function ends that caller's wait if every
   * delivery of the event was attempted.
   */
  const waiting = new Map<string, Set<() => void>>();

  async function untilAnswered(account: string, event: string, limitMs: number): Promise<void> {
    if (!hasUnattemptedDelivery(store, account, event)) return;
    const checks = waiting.get(event) ?? new Set();
    waiting.set(event, checks);
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(limit);
        checks.delete(check);
        resolve();
      };
      const check = () => {
        if (!hasUnattemptedDelivery(store, account, event)) end();
      };
      const limit = setTimeout(end, limitMs);
      checks.add(check);
    });
    if (checks.size === 0) waiting.delete(event);
  }

  function answered(event: string): void {
    for (const check of waiting.get(event) ?? []) check();
  }

  function recheckAll(): void {
    for (const checks of waiting.values()) for (const check of checks) check();
  }
  return { untilAnswered, answered, recheckAll };
}
