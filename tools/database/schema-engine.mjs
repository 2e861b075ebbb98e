#!/usr/bin/env node
// Replaces Prisma's native schema engine with the WASM build of the same engine, so that nothing is downloaded
// (docs/decisions/002-prisma-without-downloads.md). It is written for Prisma 7.10.0.
import { readFileSync } from "node:fs";
import { openSchemaEngine } from "./schema-engine/engine.mjs";
import { postgresForSchemaEngine } from "./schema-engine/postgresql.mjs";
import { answerRpcCalls, answerSchemaEngineCliCommand } from "./schema-engine/protocol.mjs";
import { sqliteForSchemaEngine } from "./schema-engine/sqlite.mjs";

const ENGINE = "0edf323efd1d98336f3f0a68684b56f689b900d3";
const args = process.argv.slice(2);

/** @param {string} flag */
function valuesAfter(flag) {
  return args.filter((_, position) => args[position - 1] === flag);
}

if (args[0] === "--version") console.log(`schema-engine-cli ${ENGINE}`);
else {
  const { url = "file::memory:" } = JSON.parse(valuesAfter("--datasource")[0] ?? "{}");
  const database = /^postgres(ql)?:/.test(url) ? postgresForSchemaEngine(url) : sqliteForSchemaEngine(url);
  if (args.includes("cli"))
    process.exitCode = await answerSchemaEngineCliCommand(database, args[args.indexOf("cli") + 1]);
  else {
    const models = valuesAfter("--datamodels").map((file) => [file, readFileSync(file, "utf8")]);
    await answerRpcCalls({ database, enginePromise: openSchemaEngine(models, database) });
  }
}
