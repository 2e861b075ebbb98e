#!/usr/bin/env node
// Speaks the JSON-RPC of Prisma's native schema engine and answers with the WASM build of the same engine (no download).
// Works around, for 7.10.0 (engine 0edf323e): P1014 on a database without _prisma_migrations; multi-statement scripts on SQLite's
// shadow database; "reset" that only empties SQLite's tables; the catalogue type "char" that adapter-pg refuses; adapter-pg's shadow database.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";

const argv = process.argv.slice(2);
const after = (flag) => argv.flatMap((a, i) => (argv[i - 1] === flag ? [a] : []));
if (argv[0] === "--version") {
  console.log("schema-engine-cli 0edf323efd1d98336f3f0a68684b56f689b900d3");
  process.exit(0);
}
const url = JSON.parse(after("--datasource")[0] ?? "{}").url ?? "file::memory:";
const isPg = /^postgres(ql)?:/.test(url);
const say = (level, fields) =>
  process.stderr.write(
    JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: "schema_engine::logger" }) + "\n",
  );
let panic = "";
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  get: () => panic,
  set_message: (m) => {
    panic = m;
  },
};

// --- the database -----------------------------------------------------------------------------------------------
const MIGRATION_COLUMNS = [
  "id",
  "checksum",
  "finished_at",
  "migration_name",
  "logs",
  "rolled_back_at",
  "started_at",
  "applied_steps_count",
];
function patch(adapter) {
  const { queryRaw, executeRaw, performIO } = adapter;
  let chars = [];
  if (isPg)
    adapter.performIO = async (q) => {
      const r = await performIO.call(adapter, q);
      chars = [];
      (r.fields ?? []).forEach((f, i) => {
        if (f.dataTypeID === 18) {
          chars.push(i);
          f.dataTypeID = 1042;
        }
      });
      return r;
    };
  adapter.queryRaw = async (q) => {
    try {
      const r = await queryRaw.call(adapter, q);
      for (const i of chars) r.columnTypes[i] = ColumnTypeEnum.Character;
      return r;
    } catch (e) {
      if (e?.cause?.kind !== "TableDoesNotExist" || !/_prisma_migrations/.test(q.sql)) throw e;
      return {
        columnNames: MIGRATION_COLUMNS,
        columnTypes: MIGRATION_COLUMNS.map(() => ColumnTypeEnum.Text),
        rows: [],
      };
    }
  };
  if (!isPg)
    adapter.executeRaw = async (q) => {
      if (q.args.length) return executeRaw.call(adapter, q);
      await adapter.executeScript(q.sql);
      return 0;
    };
  return adapter;
}
const u = isPg ? new URL(url) : null;
// separate fields, because a connectionString would win over the shadow database's name
const pgConfig = isPg && {
  host: u.hostname,
  port: +(u.port || 5432),
  user: decodeURIComponent(u.username),
  password: decodeURIComponent(u.password),
  database: decodeURIComponent(u.pathname.slice(1)),
  ssl: /^(require|verify)/.test(u.searchParams.get("sslmode") ?? "")
    ? { rejectUnauthorized: u.searchParams.get("sslmode") !== "require" }
    : undefined,
};
const pgSchema = isPg ? (u.searchParams.get("schema") ?? undefined) : undefined;
const { PrismaPg } = isPg ? await import("@prisma/adapter-pg") : {};
const { PrismaBetterSqlite3 } = isPg ? {} : await import("@prisma/adapter-better-sqlite3");
const open = (database) =>
  isPg
    ? new PrismaPg({ ...pgConfig, ...(database && { database }) }, { schema: pgSchema }).connect()
    : new PrismaBetterSqlite3({ url: database ?? url }).connect();
async function maintenance(sql) {
  const { default: pg } = await import("pg");
  const c = new pg.Client({ ...pgConfig, database: "postgres" });
  await c.connect();
  try {
    await c.query(sql);
  } finally {
    await c.end();
  }
}
async function shadow() {
  if (!isPg) return patch(await open(":memory:"));
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
  await maintenance(`CREATE DATABASE "${name}"`);
  const a = patch(await open(name)),
    dispose = a.dispose;
  a.dispose = async () => {
    await dispose.call(a);
    await maintenance(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  };
  return a;
}
async function resetSqlite() {
  const a = await open();
  const { rows } = await a.queryRaw({
    sql: "SELECT type, name FROM sqlite_master WHERE type IN ('view','table') AND name NOT LIKE 'sqlite_%'",
    args: [],
    argTypes: [],
  });
  await a.executeScript(
    [
      "PRAGMA foreign_keys=OFF",
      ...rows
        .sort((x, y) => (x[0] < y[0] ? 1 : -1))
        .map(([t, n]) => `DROP ${t} IF EXISTS "${n.replaceAll('"', '""')}"`),
      "PRAGMA foreign_keys=ON",
    ].join(";"),
  );
  await a.dispose();
  return null;
}
// --- the engine -------------------------------------------------------------------------------------------------
async function startEngine() {
  const bg = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(
      readFileSync(new URL("schema_engine_bg.wasm", import.meta.resolve("@prisma/schema-engine-wasm"))),
    ),
    { "./schema_engine_bg.js": bg },
  );
  bg.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const models = after("--datamodels").map((f) => [f, readFileSync(f, "utf8")]);
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: isPg ? "postgres" : "sqlite",
    adapterName: isPg ? "@prisma/adapter-pg" : "@prisma/adapter-better-sqlite3",
    connect: async () => patch(await open()),
    connectToShadowDb: shadow,
  });
  return bg.SchemaEngine.new({ datamodels: models.length ? models : undefined }, () => {}, factory);
}
const pgCode = (e) =>
  ({
    "3D000": "P1003",
    "28P01": "P1000",
    28000: "P1010",
    ECONNREFUSED: "P1001",
    ENOTFOUND: "P1001",
    ETIMEDOUT: "P1002",
  })[e?.code] ??
  e?.code ??
  "P1001";
if (argv.includes("cli")) {
  process.stderr.write("schema-engine (wasm)\n"); // the CLI drops the first line
  try {
    const verb = argv[argv.indexOf("cli") + 1];
    if (verb === "create-database" && isPg)
      await maintenance(`CREATE DATABASE "${pgConfig.database.replaceAll('"', '""')}"`);
    else if (isPg) {
      const { default: pg } = await import("pg");
      const c = new pg.Client(pgConfig);
      await c.connect();
      await c.end();
    } else await (await open()).dispose();
    say("INFO", { message: "Connection successful" });
    process.exit(0);
  } catch (e) {
    say("ERROR", { message: String(e?.message || e?.code || e), is_panic: false, error_code: pgCode(e) });
    process.exit(1);
  }
}
const send = (o) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...o }) + "\n");
const starting = startEngine();
starting.catch(() => {});
let printId = 1e6;
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (!method) continue; // the CLI's answer to "print"
  try {
    const engine = await starting;
    const result = method === "reset" && !isPg ? await resetSqlite() : await engine[method](params);
    if (method === "diff" && result?.stdout)
      send({ id: printId++, method: "print", params: { content: result.stdout } });
    send({ id, result: result ?? null });
  } catch (e) {
    send({
      id,
      error: {
        code: 4466,
        message: "An error happened. Check the data field for details.",
        data: {
          is_panic: Boolean(panic),
          message: panic || String(e?.message ?? e),
          meta: null,
          error_code: e?.code ?? null,
        },
      },
    });
  }
}
