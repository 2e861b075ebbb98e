#!/usr/bin/env node
// Answers Prisma's command line in the place of its native schema engine, with the WASM build of the same engine: nothing is
// downloaded (docs/decisions/002-prisma-without-downloads.md). Written against 7.10.0; schema-engine.test.ts guards the pair.
import { readFileSync } from "node:fs";
import { startEngine } from "./schema-engine/engine.mjs";
import { postgresAt } from "./schema-engine/postgresql.mjs";
import { answer, answerCheck } from "./schema-engine/protocol.mjs";
import { sqliteAt } from "./schema-engine/sqlite.mjs";

const ENGINE = "0edf323efd1d98336f3f0a68684b56f689b900d3";
const given = process.argv.slice(2);

function valuesAfter(flag) {
  return given.filter((_, place) => given[place - 1] === flag);
}

if (given[0] === "--version") console.log(`schema-engine-cli ${ENGINE}`);
else {
  const { url = "file::memory:" } = JSON.parse(valuesAfter("--datasource")[0] ?? "{}");
  const database = /^postgres(ql)?:/.test(url) ? postgresAt(url) : sqliteAt(url);
  if (given.includes("cli")) process.exitCode = await answerCheck(database, given[given.indexOf("cli") + 1]);
  else {
    const models = valuesAfter("--datamodels").map((file) => [file, readFileSync(file, "utf8")]);
    await answer({ database, starting: startEngine(models, database) });
  }
}
