// The protocol between Prisma's command line and a schema engine: JSON-RPC, one message per line, on stdin and stdout.
import { createInterface } from "node:readline";
import { lastSchemaEnginePanic } from "./engine.mjs";

/** @typedef {import("./engine.mjs").Database} Database */
/** @typedef {import("./engine.mjs").Engine} Engine */

/**
 * The first id of the JSON-RPC requests that this process sends. It is far above the ids of the requests from Prisma's
 * command line, which begin at 1.
 */
const FIRST_OWN_ID = 1_000_000;

/**
 * Answers the command line's calls until stdin closes. `enginePromise`: the promise of the engine; if it fails, every
 * call gets its error.
 * @param {{ database: Database, enginePromise: Promise<Engine> }} options
 */
export async function answerRpcCalls({ database, enginePromise }) {
  enginePromise.catch(() => {});
  let ownId = FIRST_OWN_ID;
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (!method) continue; // the command line's response to a "print" request of this process
    try {
      const result = await call({ database, engine: await enginePromise, method, params });
      if (method === "diff" && result?.stdout)
        send({ id: ownId++, method: "print", params: { content: result.stdout } });
      send({ id, result: result ?? null });
    } catch (error) {
      send({ id, error: failureOf(error) });
    }
  }
}

/** @param {{ database: Database, engine: Engine, method: string, params: unknown }} request */
async function call({ database, engine, method, params }) {
  if (method === "reset" && database.reset) return database.reset();
  if (typeof engine[method] !== "function") throw new Error(`the schema engine has no method ${method}`);
  return engine[method](params);
}

/**
 * Answers `cli can-connect-to-database` and `cli create-database`. Returns the exit code.
 * @param {Database} database @param {string | undefined} verb
 */
export async function answerSchemaEngineCliCommand(database, verb) {
  process.stderr.write("schema-engine (wasm)\n"); // the command line skips the first line and expects only JSON after it
  try {
    await (verb === "create-database" ? database.create() : database.check());
    log("INFO", { message: "Connection successful" });
    return 0;
  } catch (error) {
    const { message, code } = partsOf(error);
    log("ERROR", { message: message || code || String(error), is_panic: false, error_code: database.codeOf(error) });
    return 1;
  }
}

/** @param {object} message */
function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

/** @param {"INFO" | "ERROR"} level @param {object} fields */
function log(level, fields) {
  const entry = { timestamp: new Date().toISOString(), level, fields, target: "schema_engine::logger" };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}

/** @param {unknown} error */
function failureOf(error) {
  const panic = lastSchemaEnginePanic();
  const { message, code } = partsOf(error);
  return {
    code: 4466,
    message: "An error happened. Check the data field for details.",
    data: {
      is_panic: panic !== "",
      message: panic || (message ?? String(error)),
      meta: null,
      error_code: code ?? null,
    },
  };
}

/** @param {unknown} error @returns {{ message?: string, code?: string }} */
function partsOf(error) {
  return typeof error === "object" && error !== null ? error : {};
}
