// Transactions on SQLite, with fewer statements and timers than Prisma's own. Only the holder of the mutex may use the
// connection: its calls on `tx` run inside the transaction, and all other calls wait.
import type { Database } from "better-sqlite3";
import type { Tx } from "../../domain/database";
import type { PrismaClient } from "../../generated/sqlite/client";
import type { Mutex } from "../mutex";
import { retryUntilUnlocked } from "../sqlite/lock";
import type { RawSqlRunner } from "./sqlite-statements";

/** How long a caller waits for the connection, and how long the work in a transaction can take. */
const TIMEOUT = { waitMs: 10_000, workMs: 15_000 };

type Terms = {
  connection: Database;
  mutex: Mutex;
  /**
   * A Prisma client on the same connection. Its calls do not wait for the mutex, so they can run inside the
   * transaction.
   */
  inside: PrismaClient;
  raw: RawSqlRunner;
  beforeCommit: () => void;
};

type Work<Result> = (tx: Tx) => Promise<Result>;

/**
 * Returns the function that runs `work` in a transaction. It throws if `work` throws or takes too long, or if the mutex
 * or SQLite's lock is not free in time. Nothing is written then.
 */
export function createTransactionRunner({ connection, mutex, inside, raw, beforeCommit }: Terms) {
  return async <Result>(work: Work<Result>): Promise<Result> => {
    const sinceMs = performance.now();
    const release = await mutex.lock(TIMEOUT.waitMs);
    const { tx, revoke } = lend(inside, raw);
    try {
      // IMMEDIATE takes the write lock before the first read. With a plain BEGIN, another process could write after
      // this transaction has read and before it writes.
      await retryUntilUnlocked(() => connection.exec("BEGIN IMMEDIATE"), sinceMs);
      const result = await within(work(tx), TIMEOUT.workMs);
      await revoke();
      beforeCommit();
      connection.exec("COMMIT");
      return result;
    } catch (error) {
      await revoke();
      rollBack(connection);
      throw error;
    } finally {
      release();
    }
  };
}

/**
 * Rolls back the transaction if it is still open, for example after a failed COMMIT. Otherwise every later write would
 * become part of it.
 */
function rollBack(connection: Database): void {
  try {
    if (connection.inTransaction) connection.exec("ROLLBACK");
  } catch {
    // SQLite has already rolled back. The caller needs the error of the work, not this one.
  }
}

/**
 * Returns `tx`, with which a caller's `work` uses the database inside its transaction. After `revoke`, calls on `tx`
 * throw. Otherwise they would become part of another caller's transaction. `revoke` waits for calls in progress.
 */
function lend(inside: PrismaClient, raw: RawSqlRunner): { tx: Tx; revoke: () => Promise<void> } {
  const inProgress = new Set<Promise<unknown>>();
  let isOver = false;
  const refuseLate = () => {
    if (isOver) throw new Error("database: this transaction has ended");
  };
  const tracked =
    (target: object, method: unknown) =>
    (...args: unknown[]) => {
      refuseLate();
      const result = Promise.resolve((method as (...args: unknown[]) => unknown).apply(target, args));
      inProgress.add(result);
      const remove = () => inProgress.delete(result);
      result.then(remove, remove);
      return result;
    };
  // Raw statements are not added to `inProgress`: they run synchronously, so `revoke` need not wait for them.
  const immediate: Record<PropertyKey, unknown> = {
    $queryRaw(...args: Parameters<RawSqlRunner["$queryRaw"]>) {
      refuseLate();
      return raw.$queryRaw(...args);
    },
    $executeRaw(...args: Parameters<RawSqlRunner["$executeRaw"]>) {
      refuseLate();
      return raw.$executeRaw(...args);
    },
    $transaction: undefined,
  };
  const trackedMembers = <T extends object>(object: T): T =>
    new Proxy(object, {
      get(target, name) {
        if (object === inside && name in immediate) return immediate[name];
        const member = Reflect.get(target, name, target);
        if (typeof member === "function") return tracked(target, member);
        return typeof member === "object" && member !== null ? trackedMembers(member) : member;
      },
    });
  return {
    tx: trackedMembers<Tx>(inside),
    async revoke() {
      isOver = true;
      await Promise.allSettled(inProgress);
    },
  };
}

function within<Result>(work: Promise<Result>, workMs: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const tooLong = () => reject(new Error(`database: a transaction took longer than ${workMs} ms`));
    const timer = setTimeout(tooLong, workMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
