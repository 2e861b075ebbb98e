// SQLite as the schema engine needs it: Prisma's adapter, with three defects of the engine or the adapter mended.
import { mendMissingTable } from "./missing-table.mjs";

/** A database in the sense of engine.mjs and protocol.mjs; postgresql.mjs offers the same members. */
export function sqliteAt(url) {
  return {
    provider: "sqlite",
    adapterName: "@prisma/adapter-better-sqlite3",
    connect: () => connect(url),
    connectToShadow: () => connect(":memory:"),
    /** Opening a file makes it. */
    create: () => check(url),
    check: () => check(url),
    reset: () => reset(url),
    codeOf: (error) => error?.code ?? "P1001",
  };
}

async function connect(url) {
  // Loaded late, so that a missing native addon is answered in the protocol and not as a stack trace.
  const { PrismaBetterSqlite3 } = await import("@prisma/adapter-better-sqlite3");
  const adapter = await new PrismaBetterSqlite3({ url }).connect();
  return mendScripts(mendMissingTable(adapter));
}

async function check(url) {
  const connection = await connect(url);
  await connection.dispose();
}

/** The engine sends whole scripts where the adapter takes single statements. */
function mendScripts(adapter) {
  const { executeRaw } = adapter;
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw.call(adapter, query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

/** The engine's own reset empties the tables and leaves them standing. */
async function reset(url) {
  const adapter = await connect(url);
  const { rows } = await adapter.queryRaw({
    sql: "SELECT type, name FROM sqlite_master WHERE type IN ('view','table') AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
    args: [],
    argTypes: [],
  });
  const drops = rows.map(([type, name]) => `DROP ${type} IF EXISTS "${name.replaceAll('"', '""')}"`);
  await adapter.executeScript(["PRAGMA foreign_keys=OFF", ...drops, "PRAGMA foreign_keys=ON"].join(";"));
  await adapter.dispose();
  return null;
}
