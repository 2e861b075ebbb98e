// Several pieces of work in one transaction, where they came at the same time. One that fails stops none of the others: the
// transaction is then undone, and each is done in one of its own.
import type { Db } from "../database";

const MOST_TOGETHER = 32;

/** Answers one result for each piece, in their order, or throws, and then nothing has happened. */
type Together<Piece, Result> = (db: Db, pieces: Piece[]) => Promise<Result[]>;
type Waiting<Piece, Result> = { piece: Piece; done: (result: Result) => void; failed: (error: unknown) => void };

/** A transaction that never waits lets nothing in while it is at work: what lies at the door already is let in before it. */
function othersToCome(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** The database did not let the transaction begin: no piece of it is to blame, and none would fare better alone. */
export function hasNotBegun(error: unknown): boolean {
  return ["SQLITE_BUSY", "NO_TURN", "P2028"].includes(String((error as { code?: unknown } | null)?.code));
}

export function groupsOf<Piece, Result>(together: Together<Piece, Result>) {
  const queues = new WeakMap<Db, Waiting<Piece, Result>[]>();

  async function work(db: Db, queue: Waiting<Piece, Result>[]): Promise<void> {
    while (queue.length > 0) {
      await othersToCome();
      await settle(db, queue.splice(0, MOST_TOGETHER));
    }
    queues.delete(db);
  }

  async function settle(db: Db, group: Waiting<Piece, Result>[]): Promise<void> {
    try {
      const results = await together(
        db,
        group.map(({ piece }) => piece),
      );
      for (const [index, { done }] of group.entries()) done(results[index] as Result);
    } catch (error) {
      if (group.length === 1 || hasNotBegun(error)) for (const each of group) each.failed(error);
      else for (const each of group) await settle(db, [each]);
    }
  }

  return (db: Db, piece: Piece): Promise<Result> =>
    new Promise((done, failed) => {
      const queue = queues.get(db);
      const waiting = { piece, done, failed };
      if (queue) return queue.push(waiting);
      const begun = [waiting];
      queues.set(db, begun);
      void work(db, begun);
    });
}
