// What Prisma's command line says to a schema engine and expects back: JSON-RPC, one message a line, on stdin and stdout.
import { createInterface } from "node:readline";
import { lastPanic } from "./engine.mjs";

/** Far from the ids that the command line counts up. */
const FIRST_OWN_ID = 1_000_000;

/** Answers until stdin closes. `starting`: the promise of the engine; where it fails, every call is answered with that. */
export async function answer({ database, starting }) {
  starting.catch(() => {});
  let ownId = FIRST_OWN_ID;
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (!method) continue; // the answer to our "print"
    try {
      const engine = await starting;
      const result = method === "reset" && database.reset ? await database.reset() : await engine[method](params);
      if (method === "diff" && result?.stdout)
        send({ id: ownId++, method: "print", params: { content: result.stdout } });
      send({ id, result: result ?? null });
    } catch (error) {
      send({ id, error: failure(error) });
    }
  }
}

/** `cli can-connect-to-database` and `cli create-database`. Returns the exit code. */
export async function answerCheck(database, verb) {
  process.stderr.write("schema-engine (wasm)\n"); // the command line drops the first line, and wants only JSON after it
  try {
    await (verb === "create-database" ? database.create() : database.check());
    log("INFO", { message: "Connection successful" });
    return 0;
  } catch (error) {
    log("ERROR", {
      message: String(error?.message || error?.code || error),
      is_panic: false,
      error_code: database.codeOf(error),
    });
    return 1;
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function log(level, fields) {
  const entry = { timestamp: new Date().toISOString(), level, fields, target: "schema_engine::logger" };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}

function failure(error) {
  const panic = lastPanic();
  return {
    code: 4466,
    message: "An error happened. Check the data field for details.",
    data: {
      is_panic: panic !== "",
      message: panic || String(error?.message ?? error),
      meta: null,
      error_code: error?.code ?? null,
    },
  };
}
