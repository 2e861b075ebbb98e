// PostgreSQL as the schema engine needs it: Prisma's adapter, with three of its defects mended, and the engine's lock.
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { mendMissingTable } from "./missing-table.mjs";

/** The catalogue's one-byte "char", which the adapter refuses, and the character(n) that it is read as instead. */
const ONE_BYTE_CHAR = 18;
const CHARACTER = 1042;

/** What the command line calls the ways in which a server can refuse. */
const CODES = {
  "3D000": "P1003",
  "28P01": "P1000",
  28000: "P1010",
  ECONNREFUSED: "P1001",
  ENOTFOUND: "P1001",
  ETIMEDOUT: "P1002",
};

/** A database in the sense of engine.mjs and protocol.mjs; sqlite.mjs offers the same members. */
export function postgresAt(url) {
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(url),
    connectToShadow: () => connectToShadow(url),
    create: () => runAt(beside(url, "postgres"), `CREATE DATABASE ${quoted(nameIn(url))}`),
    check: () => runAt(url, "SELECT 1"),
    /** The engine's own is good here. */
    reset: undefined,
    codeOf: (error) => CODES[error?.code] ?? error?.code ?? "P1001",
  };
}

async function connect(url) {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const adapter = await new PrismaPg({ connectionString: url }).connect();
  return mendLock(mendScripts(mendChars(mendMissingTable(adapter))), url);
}

/** The adapter's own opens the real database instead, and drops the shadow while it is still connected to it. */
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

function mendChars(adapter) {
  const { performIO, queryRaw } = adapter;
  let places = [];
  adapter.performIO = async (query) => {
    const result = await performIO.call(adapter, query);
    places = (result.fields ?? []).flatMap((field, place) => (field.dataTypeID === ONE_BYTE_CHAR ? [place] : []));
    for (const place of places) result.fields[place].dataTypeID = CHARACTER;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw.call(adapter, query);
    for (const place of places) result.columnTypes[place] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

/** The adapter cuts a script at every semicolon, also within a string or the body of a function. */
function mendScripts(adapter) {
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
}

/**
 * The engine takes the lock of a session and leaves it to the session's end. A pooler in transaction mode keeps the session, and the
 * next start would wait in vain. The same lock of a transaction ends with us.
 */
function mendLock(adapter, url) {
  const { executeRaw, dispose } = adapter;
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

/** A connection that keeps nobody from ending. */
async function open(url) {
  const { Client } = (await import("pg")).default;
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  client.unref();
  return client;
}

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

/** Another database of the same server, with the same rights. */
function beside(url, name) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

function nameIn(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`;
}
