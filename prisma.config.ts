// Prisma's command line reads this. Where no native schema engine lies (its download may be out of reach), the WASM build of
// the same engine answers in its place (docs/decisions/002-prisma-without-downloads.md).
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "prisma/config";
import { migrationsOf, providerOf, schemaOf } from "./tools/database/providers.mjs";

const engines = "node_modules/@prisma/engines";
const hasNativeEngine = existsSync(engines) && readdirSync(engines).some((file) => /^schema-engine-/.test(file));
if (!hasNativeEngine && process.platform !== "win32")
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= resolve("tools/database/schema-engine.mjs");

const url = process.env.DATABASE_URL ?? "file:./dev.db";
const provider = process.env.DATABASE_PROVIDER ?? providerOf(url);

export default defineConfig({
  schema: schemaOf(provider),
  datasource: { url },
  migrations: { path: migrationsOf(provider) },
});
