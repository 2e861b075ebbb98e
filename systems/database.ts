// The ledger's database: a SQLite file or a PostgreSQL server, by its address. Whoever asks need not know which; the client
// that is generated for SQLite is the contract of both.
import type { Db, Tx } from "../domain/database";
import { hasNotBegun } from "../domain/ledger/group-commit";
import type { PrismaClient } from "../generated/sqlite/client";
import { env } from "./env";

export type { Db, Tx };

/** `file:PATH`, relative to the working directory, or `postgresql://…`. Throws where a setting that protects the money is off. */
export async function openDatabase(url: string): Promise<Db> {
  if (!/^postgres(ql)?:/.test(url)) return (await import("./sqlite/open")).openSqlite(url);
  return (await import("./postgresql")).openPostgres(url);
}

/** Prisma's codes: not reached, no answer in time, connection closed, no connection free. */
const AWAY = ["P1001", "P1002", "P1008", "P1017", "P2024"];

/** Another process keeps the database, too many of ours stand in line, or it is away: it is worth trying again. */
export function isBusy(error: unknown): boolean {
  return hasNotBegun(error) || AWAY.includes(String((error as { code?: unknown } | null)?.code));
}

const shared = globalThis as typeof globalThis & { appealDatabase?: Promise<Db> };

/** The process's own handle, opened at the first call. */
export function database(): Promise<Db> {
  shared.appealDatabase ??= openDatabase(env().DATABASE_URL);
  return shared.appealDatabase;
}

/** The same client with these methods in place of its own. */
export function withOurs(db: PrismaClient, ours: Record<string, unknown>): Db {
  return new Proxy(db, {
    get: (target, name) => (typeof name === "string" && name in ours ? ours[name] : Reflect.get(target, name, target)),
  }) as Db;
}
