// Opens a SQLite or PostgreSQL ledger. Both have the TypeScript type of the client that Prisma generates for SQLite.
import type { Db, Tx } from "../domain/database";
import { env } from "./env";
import { runtime } from "./runtime";

export type { Db, Tx };

/**
 * Opens the ledger. `url`: `file:PATH`, relative to the working directory, or `postgresql://…`. Throws if the database
 * is too old, or if a database setting that protects money is off.
 */
export async function openDatabase(url: string, options?: { isBeingRestored: boolean }): Promise<Db> {
  if (!/^postgres(ql)?:/.test(url)) return (await import("./sqlite/open")).openSqlite(url);
  return (await import("./postgresql")).openPostgres(url, options);
}

/**
 * Prisma's error codes. The database is unreachable (P1001), has timed out (P1002, P1008), or has closed the connection
 * (P1017). The connection pool is full (P2024).
 */
const UNAVAILABLE = ["P1001", "P1002", "P1008", "P1017", "P2024"];

/**
 * Returns true if the transaction could not begin. Its statements are not the cause, so it is useless to try them again
 * in smaller transactions.
 */
export function isTransactionBeginFailure(error: unknown): boolean {
  return ["SQLITE_BUSY", "LOCK_TIMEOUT", "P2028"].includes(String((error as { code?: unknown } | null)?.code));
}

/** Returns true if the database is locked, overloaded or unreachable, so that a retry makes sense. */
export function isRetryableDatabaseError(error: unknown): boolean {
  return isTransactionBeginFailure(error) || UNAVAILABLE.includes(String((error as { code?: unknown } | null)?.code));
}

export function database(): Promise<Db> {
  runtime.database ??= openDatabase(env().DATABASE_URL);
  return runtime.database;
}
