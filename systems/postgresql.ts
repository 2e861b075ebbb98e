// The ledger in PostgreSQL, for several instances of the site at once. Transactions are serialisable, as they are in SQLite's
// one connection, so the domain is written once: where two of them cannot stand in any order, one is begun again.
import { setTimeout } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/postgresql/client";
import type { Db, Tx } from "./database";

const OLDEST_MAJOR = 14;
/** Of each instance; PostgreSQL's own default allows 100 in all. */
const MOST_CONNECTIONS = 10;
const PATIENCE = { maxWait: 10_000, timeout: 15_000, isolationLevel: "Serializable" } as const;
const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 250;

/** Throws where a setting of the server that protects the money is off. */
export async function openPostgres(url: string): Promise<Db> {
  const adapter = new PrismaPg({ connectionString: url, max: MOST_CONNECTIONS });
  // Minimal: a longer error would repeat the values of the query, and errors end up in logs.
  const db = new PrismaClient({ adapter, errorFormat: "minimal", transactionOptions: PATIENCE });
  await assertSafe(db);
  return withRetries(db as unknown as Db);
}

async function assertSafe(db: PrismaClient): Promise<void> {
  const rows = await db.$queryRaw<{ name: string; setting: string }[]>`
    SELECT name, setting FROM pg_settings
    WHERE name IN ('server_version_num', 'fsync', 'synchronous_commit', 'server_encoding')`;
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  const major = Math.floor(Number(settings.get("server_version_num")) / 10_000);
  if (major < OLDEST_MAJOR) throw new Error(`database: PostgreSQL ${major} is older than ${OLDEST_MAJOR}`);
  for (const name of ["fsync", "synchronous_commit"])
    if (settings.get(name) === "off") throw new Error(`database: ${name} is off`);
  if (settings.get("server_encoding") !== "UTF8") throw new Error("database: the encoding is not UTF8");
}

/** The same client, whose interactive transactions are begun again where they met another one. */
function withRetries(db: Db): Db {
  const once = db.$transaction.bind(db) as (work: unknown, options?: unknown) => Promise<unknown>;
  const transaction = (work: ((tx: Tx) => Promise<unknown>) | unknown[], options?: unknown) =>
    typeof work === "function" ? again(() => once(work, options)) : once(work, options);
  return new Proxy(db, {
    get: (target, name) => (name === "$transaction" ? transaction : Reflect.get(target, name, target)),
  });
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (attempt === MOST_TRIES || !metAnother(error)) throw error;
      const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
      await setTimeout(Math.random() * longest);
    }
}

/**
 * P2034: a write conflict or a deadlock. P2002: another transaction wrote the row first that ours had looked for in vain; begun
 * again, ours finds it. One that writes the same key twice by itself throws the same after the last try.
 */
function metAnother(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "P2034" || code === "P2002";
}
