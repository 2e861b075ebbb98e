// Runs work on a list with a fixed number of items in progress, for calls to Stripe.
import "server-only";

const CONCURRENCY = 4;

/** Starts no item after `until`. Waits for the items that have started. */
export async function withConcurrency<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  until?: Date,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      if (until && Date.now() > until.getTime()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
