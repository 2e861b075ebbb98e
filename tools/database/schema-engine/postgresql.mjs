import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { treatMissingMigrationsTableAsEmpty } from "./missing-table.mjs";

/** @typedef {Awaited<ReturnType<import("@prisma/adapter-pg").PrismaPg["connect"]>>} Adapter */

/** The id of PostgreSQL's type "char" (one byte, used in the catalogue). The adapter does not accept this type. */
const ONE_BYTE_CHAR = 18;
/** The id of the type character(n). fixChars() makes the adapter read "char" columns as this type. */
const CHARACTER = 1042;

/**
 * Maps error codes of the server and of a connection to the codes of Prisma's command line.
 * @type {Record<string, string>}
 */
const CODES = {
  "3D000": "P1003",
  "28P01": "P1000",
  28000: "P1010",
  ECONNREFUSED: "P1001",
  ENOTFOUND: "P1001",
  ETIMEDOUT: "P1002",
};

/** @param {string} url @returns {import("./engine.mjs").Database} */
export function postgresForSchemaEngine(url) {
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(url),
    connectToShadow: () => connectToShadow(url),
    create: () => runAt(beside(url, "postgres"), `CREATE DATABASE ${quoted(nameIn(url))}`),
    check: () => runAt(url, "SELECT 1"),
    codeOf(error) {
      const code = /** @type {{ code?: string } | undefined} */ (error)?.code ?? "";
      return CODES[code] ?? (code || "P1001");
    },
  };
}

/** @param {string} url */
async function connect(url) {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const adapter = await new PrismaPg({ connectionString: url }).connect();
  return fixLock(fixScripts(fixChars(treatMissingMigrationsTableAsEmpty(adapter))), url);
}

/**
 * Creates a shadow database and connects to it. The adapter's own function has two defects: it connects to the real
 * database, and it drops the shadow database before it disconnects.
 * @param {string} url
 */
async function connectToShadow(url) {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
  const maintenance = beside(url, "postgres");
  await runAt(maintenance, `CREATE DATABASE ${quoted(name)}`);
  const adapter = await connect(beside(url, name));
  const { dispose } = adapter;
  adapter.dispose = async () => {
    await dispose.call(adapter);
    await runAt(maintenance, `DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`);
  };
  return adapter;
}

/**
 * Makes the adapter able to read columns of PostgreSQL's one-byte type "char". `performIO` is the adapter's private
 * method that queries the server.
 * @param {Adapter} adapter
 */
function fixChars(adapter) {
  /** @type {(query: unknown) => Promise<{ fields?: { dataTypeID: number }[] }>} */
  const performIO = Reflect.get(adapter, "performIO");
  const { queryRaw } = adapter;
  /** @type {number[]} */
  let positions = [];
  Reflect.set(adapter, "performIO", async (/** @type {unknown} */ query) => {
    const result = await performIO.call(adapter, query);
    positions = [];
    for (const [position, field] of (result.fields ?? []).entries())
      if (field.dataTypeID === ONE_BYTE_CHAR) {
        positions.push(position);
        field.dataTypeID = CHARACTER;
      }
    return result;
  });
  adapter.queryRaw = async (query) => {
    const result = await queryRaw.call(adapter, query);
    for (const position of positions) result.columnTypes[position] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

/**
 * Sends a script to the server as a whole. The adapter would split it at every semicolon, even inside a string or a
 * function.
 * @param {Adapter} adapter
 */
function fixScripts(adapter) {
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
}

/**
 * Replaces the engine's session lock with a lock of a transaction, which ends with this process at the latest. With a
 * connection pooler in transaction mode, the session outlives the process. So its lock would stay taken, and the next
 * start would wait for ever.
 * @param {Adapter} adapter @param {string} url
 */
function fixLock(adapter, url) {
  const { executeRaw, dispose } = adapter;
  /** @type {import("pg").Client | undefined} */
  let holder;
  adapter.executeRaw = async (query) => {
    const [, key] = /^SELECT pg_advisory_lock\((\d+)\)$/.exec(query.sql) ?? [];
    if (!key) return executeRaw.call(adapter, query);
    holder = await open(url);
    await holder.query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0");
    await holder.query(`SELECT pg_advisory_xact_lock(${key})`);
    return 0;
  };
  adapter.dispose = async () => {
    await holder?.end();
    await dispose.call(adapter);
  };
  return adapter;
}

/** Opens a connection that does not keep the process alive. @param {string} url */
async function open(url) {
  const { Client } = (await import("pg")).default;
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  // The types of pg lack the method `unref`.
  Reflect.get(client, "unref").call(client);
  return client;
}

/** @param {string} url @param {string} sql */
async function runAt(url, sql) {
  const { Client } = (await import("pg")).default;
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => {});
  }
}

/** @param {string} url @param {string} name */
function beside(url, name) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

/** @param {string} url */
function nameIn(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** @param {string} name */
function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`;
}
