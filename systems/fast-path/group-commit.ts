// Groups writes that arrive at the same time into one transaction, because each commit waits for the disk. If a group
// fails, each of its writes is tried again in its own transaction, so that one bad event does not stop the others. If
// no transaction can begin, all writes of the group fail and none is tried again.
import "server-only";
import { type Db, isTransactionBeginFailure } from "../database";

const MAX_GROUP = 32;

/**
 * Writes all pieces in one transaction and returns one result per piece, in order. If it throws, it has written
 * nothing.
 */
type DoTogether<Piece, Result> = (db: Db, pieces: Piece[]) => Promise<Result[]>;
type QueueItem<Piece, Result> = { piece: Piece; resolve: (result: Result) => void; reject: (error: unknown) => void };

export function withGroupCommit<Piece, Result>(doTogether: DoTogether<Piece, Result>) {
  const queues = new WeakMap<Db, QueueItem<Piece, Result>[]>();

  async function drain(db: Db, queue: QueueItem<Piece, Result>[]): Promise<void> {
    while (queue.length > 0) {
      await nextEventLoopTurn();
      await settle(db, queue.splice(0, MAX_GROUP));
    }
    queues.delete(db);
  }

  async function settle(db: Db, group: QueueItem<Piece, Result>[]): Promise<void> {
    try {
      const results = await doTogether(
        db,
        group.map(({ piece }) => piece),
      );
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (group.length === 1 || isTransactionBeginFailure(error)) for (const each of group) each.reject(error);
      else for (const each of group) await settle(db, [each]);
    }
  }

  return (db: Db, piece: Piece): Promise<Result> =>
    new Promise((resolve, reject) => {
      const item = { piece, resolve, reject };
      const queue = queues.get(db);
      if (queue) return queue.push(item);
      const started = [item];
      queues.set(db, started);
      void drain(db, started);
    });
}

/**
 * Waits one turn of the event loop. In this time, the server reads requests that have already arrived, so that they can
 * join the group.
 */
function nextEventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
