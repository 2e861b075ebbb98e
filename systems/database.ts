// The ledger's database: a SQLite file or a PostgreSQL server, by its address. Whoever asks need not know which; the client
// that is generated for SQLite is the contract of both.
import type { Prisma, PrismaClient } from "../generated/sqlite/client";
import { env } from "./env";
import { runtime } from "./runtime";

export type Db = PrismaClient & {
  /** Reads the ledger as it is at one moment, however long that takes, while others write. Nothing can be written by it. */
  $snapshot<Result>(read: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Takes out of the files what rows held that were changed or deleted. False where somebody was reading: not now, then. */
  $clearTraces(): Promise<boolean>;
};
/**
 * What a transaction is handed. Its function may be called more than once (another instance was faster), so it does nothing
 * but read and write the ledger by `tx`.
 */
export type Tx = Prisma.TransactionClient;

/** `file:PATH`, relative to the working directory, or `postgresql://…`. Throws where a setting that protects the money is off. */
export async function openDatabase(url: string): Promise<Db> {
  if (!/^postgres(ql)?:/.test(url)) return (await import("./sqlite/open")).openSqlite(url);
  return (await import("./postgresql")).openPostgres(url);
}

/** Prisma's codes: not reached, no answer in time, connection closed, no connection free. */
const AWAY = ["P1001", "P1002", "P1008", "P1017", "P2024"];

/** The transaction could not begin: no work in it is to blame, and none would do better alone. */
export function hasNotBegun(error: unknown): boolean {
  return ["SQLITE_BUSY", "NO_TURN", "P2028"].includes(String((error as { code?: unknown } | null)?.code));
}

/** Another process keeps the database, too many of ours stand in line, or it is away: it is worth trying again. */
export function isBusy(error: unknown): boolean {
  return hasNotBegun(error) || AWAY.includes(String((error as { code?: unknown } | null)?.code));
}

/** The process's own handle, opened at the first call. */
export function database(): Promise<Db> {
  runtime.database ??= openDatabase(env().DATABASE_URL);
  return runtime.database;
}

/** The same client with these methods in place of its own. */
export function withOurs(db: PrismaClient, ours: Record<string, unknown>): Db {
  return new Proxy(db, {
    get: (target, name) => (typeof name === "string" && name in ours ? ours[name] : Reflect.get(target, name, target)),
  }) as Db;
}
