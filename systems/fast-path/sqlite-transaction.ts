// A transaction of the ledger in SQLite, begun and ended by us: Prisma's own costs seven statements and as many timers. Whoever
// has the turn has the connection to itself, so what it asks by `tx` is inside, and everybody else waits.
import type { Database } from "better-sqlite3";
import type { PrismaClient } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { Mutex } from "../mutex";
import { untilUnlocked } from "../sqlite/lock";
import type { Raw } from "./sqlite-statements";

/** How long a burst of webhooks may stand in line, and how long one may hold all others up. */
const PATIENCE = { waitMs: 10_000, workMs: 15_000 };

type On = {
  connection: Database;
  turn: Mutex;
  /** A client on the same connection whose calls wait for no turn. */
  inside: PrismaClient;
  raw: Raw;
  beforeCommit: () => void;
};

type Work<Result> = (tx: Tx) => Promise<Result>;

/** Throws what `work` throws, after which nothing of it is kept, and where the turn or the end of the work does not come in time. */
export function transactionsOn({ connection, turn, inside, raw, beforeCommit }: On) {
  return async <Result>(work: Work<Result>): Promise<Result> => {
    const sinceMs = performance.now();
    const release = await turn.take(PATIENCE.waitMs);
    const { tx, takeBack } = lend(inside, raw);
    try {
      // At once, not at the first write: a command beside the site may write between our reading and our writing.
      await untilUnlocked(() => connection.exec("BEGIN IMMEDIATE"), sinceMs);
      const result = await within(work(tx), PATIENCE.workMs);
      await takeBack();
      beforeCommit();
      connection.exec("COMMIT");
      return result;
    } catch (error) {
      await takeBack();
      undo(connection);
      throw error;
    } finally {
      release();
    }
  };
}

/** A refused COMMIT leaves the transaction open, and it would swallow every write that follows. */
function undo(connection: Database): void {
  try {
    if (connection.inTransaction) connection.exec("ROLLBACK");
  } catch {
    // SQLite has undone it by itself; why the work failed is what matters.
  }
}

/**
 * Good until it is taken back: whoever asks later is refused, since the answer would come out of somebody else's transaction, and
 * what is under way then is waited for.
 */
function lend(inside: PrismaClient, raw: Raw): { tx: Tx; takeBack: () => Promise<void> } {
  const underWay = new Set<Promise<unknown>>();
  let isOver = false;
  const refuseLate = () => {
    if (isOver) throw new Error("database: this transaction has ended");
  };
  const watched =
    (of: object, call: unknown) =>
    (...args: unknown[]) => {
      refuseLate();
      const answer = Promise.resolve((call as (...given: unknown[]) => unknown).apply(of, args));
      underWay.add(answer);
      const forget = () => underWay.delete(answer);
      answer.then(forget, forget);
      return answer;
    };
  // A raw statement is over when it has been called, and nothing of it is under way.
  const immediate: Record<PropertyKey, unknown> = {
    $queryRaw(...args: Parameters<Raw["$queryRaw"]>) {
      refuseLate();
      return raw.$queryRaw(...args);
    },
    $executeRaw(...args: Parameters<Raw["$executeRaw"]>) {
      refuseLate();
      return raw.$executeRaw(...args);
    },
    $transaction: undefined,
  };
  const watchedMembers = <T extends object>(of: T): T =>
    new Proxy(of, {
      get(target, name) {
        if (of === inside && name in immediate) return immediate[name];
        const member = Reflect.get(target, name, target);
        if (typeof member === "function") return watched(target, member);
        return typeof member === "object" && member !== null ? watchedMembers(member) : member;
      },
    });
  return {
    tx: watchedMembers<Tx>(inside),
    async takeBack() {
      isOver = true;
      await Promise.allSettled(underWay);
    },
  };
}

function within<Result>(work: Promise<Result>, workMs: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const tooLong = () => reject(new Error(`database: a transaction took longer than ${workMs} ms`));
    const patience = setTimeout(tooLong, workMs);
    work.then(resolve, reject).finally(() => clearTimeout(patience));
  });
}
