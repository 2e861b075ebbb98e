// A transaction of the ledger in SQLite, begun and ended by us: Prisma's own costs seven statements and as many timers. Whoever
// has the turn has the connection to itself, so what it asks by `tx` is inside, and everybody else waits.
import type { Database } from "better-sqlite3";
import type { PrismaClient } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { Turn } from "../turn";
import type { Raw } from "./statements";

/** How long a burst of webhooks may stand in line, and how long one may hold all others up. */
const PATIENCE = { waitMs: 10_000, workMs: 15_000 };

type On = {
  connection: Database;
  turn: Turn;
  /** A client on the same connection whose calls wait for no turn. */
  inside: PrismaClient;
  raw: Raw;
  beforeCommit: () => void;
};

type Work<Result> = (tx: Tx) => Promise<Result>;

/** Throws what `work` throws, after which nothing of it is kept, and where the turn or the end of the work does not come in time. */
export function transactionsOn({ connection, turn, inside, raw, beforeCommit }: On) {
  return async <Result>(work: Work<Result>): Promise<Result> => {
    const release = await turn.take(PATIENCE.waitMs);
    const { proxy: tx, revoke } = lend(inside, raw);
    try {
      // At once, not at the first write: a command beside the site may write between our reading and our writing.
      connection.exec("BEGIN IMMEDIATE");
      const result = await within(work(tx), PATIENCE.workMs);
      beforeCommit();
      connection.exec("COMMIT");
      return result;
    } catch (error) {
      // A refused COMMIT leaves the transaction open, and it would swallow every write that follows.
      if (connection.inTransaction) connection.exec("ROLLBACK");
      throw error;
    } finally {
      revoke();
      release();
    }
  };
}

/** Good until the transaction ends: whoever keeps it longer is refused, since what it asks would be in somebody else's. */
function lend(inside: PrismaClient, raw: Raw) {
  const { $queryRaw, $executeRaw } = raw;
  const instead: Record<PropertyKey, unknown> = { $queryRaw, $executeRaw, $transaction: undefined };
  return Proxy.revocable<Tx>(inside, {
    get: (target, name) => (name in instead ? instead[name] : Reflect.get(target, name, target)),
  });
}

function within<Result>(work: Promise<Result>, workMs: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const tooLong = () => reject(new Error(`database: a transaction took longer than ${workMs} ms`));
    const patience = setTimeout(tooLong, workMs);
    work.then(resolve, reject).finally(() => clearTimeout(patience));
  });
}
