import type { Store } from "../store";
import { hasUnansweredDelivery } from "./deliveries";

export function openDeliveryWaiter(store: Store) {
  const waiting = new Map<string, () => void>();

  async function untilAnswered(account: string, event: string, limitMs: number): Promise<void> {
    if (!hasUnansweredDelivery(store, account, event)) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, limitMs);
      waiting.set(event, () => {
        if (hasUnansweredDelivery(store, account, event)) return;
        clearTimeout(limit);
        resolve();
      });
    });
    waiting.delete(event);
  }

  function answered(event: string): void {
    waiting.get(event)?.();
  }

  function recheckAll(): void {
    for (const recheck of waiting.values()) recheck();
  }
  return { untilAnswered, answered, recheckAll };
}
