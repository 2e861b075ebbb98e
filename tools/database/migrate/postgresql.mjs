// Migrates a ledger on PostgreSQL. Takes its advisory lock for the transaction, not for the session: a connection
// pooler in transaction mode would keep a session's lock.
import pg from "pg";
import { CommandError } from "../../run/console.mjs";

/**
 * The number of the advisory lock of a migration. It must differ from the numbers in systems/postgresql.ts and in
 * ledger-move/target.ts.
 */
const ONE_MIGRATION_AT_A_TIME = 20_261_126;
const LOCK_TIMEOUT_MS = 60_000;
const NO_SUCH_DATABASE = "3D000";
const ALREADY_THERE = ["42P04", "23505"];

const HISTORY = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;
const NOTE = `
  INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
  VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), 1)`;

/**
 * @param {string} databaseUrl @param {import("./pending.mjs").ChoosePending} choosePending
 * @returns {Promise<string[]>}
 */
export async function migratePostgres(databaseUrl, choosePending) {
  const client = await connect(databaseUrl);
  try {
    await client.query("BEGIN");
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT_MS}ms'`);
    await client.query("SELECT pg_advisory_xact_lock($1)", [ONE_MIGRATION_AT_A_TIME]);
    const applied = await apply(client, choosePending);
    await client.query("COMMIT");
    return applied;
  } finally {
    // Closing the connection rolls back a transaction that is still open.
    await client.end();
  }
}

/** @param {pg.Client} client @param {Parameters<typeof migratePostgres>[1]} pendingAfter */
async function apply(client, pendingAfter) {
  await client.query(HISTORY);
  const { rows } = await client.query(`
    SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished", rolled_back_at IS NOT NULL AS "isRolledBack"
    FROM "_prisma_migrations" ORDER BY started_at`);
  const pending = pendingAfter(rows);
  for (const { id, name, checksum, sql } of pending) {
    await client.query(sql);
    await client.query(NOTE, [id, checksum, name]);
  }
  return pending.map(({ name }) => name);
}

/**
 * Connects to the database. Returns null if the server does not have it. Throws a CommandError if the server cannot be
 * reached.
 * @param {string} databaseUrl @returns {Promise<pg.Client | null>}
 */
export async function connectIfDatabaseExists(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    if (codeOf(error) !== NO_SUCH_DATABASE) throw unreachable(error);
    return null;
  }
}

/** Connects to the database. Creates it if the server does not have it. @param {string} databaseUrl */
async function connect(databaseUrl) {
  const existing = await connectIfDatabaseExists(databaseUrl);
  if (existing) return existing;
  await create(databaseUrl);
  const created = new pg.Client({ connectionString: databaseUrl });
  await created.connect();
  return created;
}

/** @param {string} databaseUrl */
async function create(databaseUrl) {
  const server = new URL(databaseUrl);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = "/postgres";
  const client = new pg.Client({ connectionString: server.href });
  try {
    await client.connect();
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // Another instance can have created the database first.
    if (!ALREADY_THERE.includes(codeOf(error) ?? "")) throw unreachable(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {{ code?: string }} */ (error).code;
}

/**
 * Returns an error with the server's message, which can name the role and the database, but not the password.
 * @param {unknown} error
 */
function unreachable(error) {
  const { message, code } = /** @type {{ message?: string, code?: string }} */ (error);
  return new CommandError(`Cannot connect to the PostgreSQL server of DATABASE_URL: ${message || code}`);
}
