// Without a native schema engine, Prisma's command line uses the WASM build of the same engine
// (docs/decisions/002-prisma-without-downloads.md).
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "prisma/config";
import { databaseProviderOf, ensureSchemaFile, migrationsFolderOf } from "./tools/database/providers.mjs";

const engines = "node_modules/@prisma/engines";
const hasNativeEngine = existsSync(engines) && readdirSync(engines).some((file) => /^schema-engine-/.test(file));
if (!hasNativeEngine && process.platform !== "win32")
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= resolve("tools/database/schema-engine.mjs");

const url = process.env.DATABASE_URL ?? "file:./dev.db";
const provider = process.env.DATABASE_PROVIDER ?? databaseProviderOf(url);

export default defineConfig({
  schema: ensureSchemaFile(provider),
  datasource: { url },
  migrations: { path: migrationsFolderOf(provider) },
});
