import { treatMissingMigrationsTableAsEmpty } from "./missing-table.mjs";

/** @param {string} url @returns {import("./engine.mjs").Database} */
export function sqliteForSchemaEngine(url) {
  return {
    provider: "sqlite",
    adapterName: "@prisma/adapter-better-sqlite3",
    connect: () => connect(url),
    connectToShadow: () => connect(":memory:"),
    /** Creates the file by opening it. */
    create: () => check(url),
    check: () => check(url),
    reset: () => reset(url),
    codeOf: (error) => /** @type {{ code?: string } | undefined} */ (error)?.code ?? "P1001",
  };
}

/** @param {string} url */
async function connect(url) {
  // The adapter is imported here, so that a missing native addon is reported through the protocol and not as a stack
  // trace.
  const { PrismaBetterSqlite3 } = await import("@prisma/adapter-better-sqlite3");
  const adapter = await new PrismaBetterSqlite3({ url }).connect();
  return fixScripts(treatMissingMigrationsTableAsEmpty(adapter));
}

/** @param {string} url */
async function check(url) {
  const connection = await connect(url);
  await connection.dispose();
}

/**
 * Makes the adapter's `executeRaw` accept scripts of several SQL statements, because the engine sends such scripts.
 * Without this change, it accepts only one statement.
 * @param {import("./engine.mjs").Adapter} adapter
 */
function fixScripts(adapter) {
  const { executeRaw } = adapter;
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw.call(adapter, query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

/**
 * Drops all tables and views, because the engine's own reset only empties them.
 * @param {string} url @returns {Promise<null>}
 */
async function reset(url) {
  const adapter = await connect(url);
  const { rows } = await adapter.queryRaw({
    sql: "SELECT type, name FROM sqlite_master WHERE type IN ('view','table') AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
    args: [],
    argTypes: [],
  });
  const drops = rows.map(([type, name]) => `DROP ${type} IF EXISTS "${String(name).replaceAll('"', '""')}"`);
  await adapter.executeScript(["PRAGMA foreign_keys=OFF", ...drops, "PRAGMA foreign_keys=ON"].join(";"));
  await adapter.dispose();
  return null;
}
