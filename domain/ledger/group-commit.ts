// Group commit: items that arrive at the same time share one transaction. If it fails, it is undone and each item gets a transaction
// of its own, so that one bad item stops no other.
import type { Db } from "../database";

const MOST_TOGETHER = 32;

/** Returns one result for each item, in their order. If it throws, nothing has been written. */
type Commit<Item, Result> = (db: Db, items: Item[]) => Promise<Result[]>;
type Queued<Item, Result> = { item: Item; done: (result: Result) => void; failed: (error: unknown) => void };

/** A SQLite transaction never yields to the event loop, so the requests that are waiting are let in before it begins. */
function letOthersIn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** The database did not let the transaction begin. No item is to blame, and none would do better alone. */
export function hasNotBegun(error: unknown): boolean {
  return ["SQLITE_BUSY", "NO_TURN", "P2028"].includes(String((error as { code?: unknown } | null)?.code));
}

/** A function that commits its items in groups, and resolves or rejects for each of them. */
export function groupCommit<Item, Result>(commit: Commit<Item, Result>) {
  const queues = new WeakMap<Db, Queued<Item, Result>[]>();

  async function drain(db: Db, queue: Queued<Item, Result>[]): Promise<void> {
    while (queue.length > 0) {
      await letOthersIn();
      await settle(db, queue.splice(0, MOST_TOGETHER));
    }
    queues.delete(db);
  }

  async function settle(db: Db, group: Queued<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(
        db,
        group.map(({ item }) => item),
      );
      for (const [index, { done }] of group.entries()) done(results[index] as Result);
    } catch (error) {
      if (group.length === 1 || hasNotBegun(error)) for (const each of group) each.failed(error);
      else for (const each of group) await settle(db, [each]);
    }
  }

  return (db: Db, item: Item): Promise<Result> =>
    new Promise((done, failed) => {
      const queue = queues.get(db);
      const queued = { item, done, failed };
      if (queue) return queue.push(queued);
      const newQueue = [queued];
      queues.set(db, newQueue);
      void drain(db, newQueue);
    });
}
