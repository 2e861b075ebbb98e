// Waits for the first answer of every endpoint to one event.
import type { Store } from "../store";
import { isUnanswered } from "./deliveries";

export function openAnswers(store: Store) {
  const waiting = new Map<string, () => void>();

  /** Resolves when every endpoint has answered the event once, with any status, or at the limit. */
  async function untilAnswered(account: string, event: string, limitMs: number): Promise<void> {
    if (!isUnanswered(store, account, event)) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, limitMs);
      waiting.set(event, () => {
        if (isUnanswered(store, account, event)) return;
        clearTimeout(limit);
        resolve();
      });
    });
    waiting.delete(event);
  }

  function answered(event: string): void {
    waiting.get(event)?.();
  }

  /** Checks every event that a caller waits for, after the whole file was replaced. */
  function lookAgain(): void {
    for (const look of waiting.values()) look();
  }
  return { untilAnswered, answered, lookAgain };
}
