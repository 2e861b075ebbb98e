// Starts Prisma's schema engine from its WASM build. Does not use the package's own entry point, because that expects a
// bundler.
import { readFileSync } from "node:fs";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

/**
 * @typedef {import("@prisma/driver-adapter-utils").SqlDriverAdapter} Adapter
 * @typedef {{ provider: "sqlite" | "postgres", adapterName: string, connect: () => Promise<Adapter>,
 *   connectToShadow: () => Promise<Adapter>, create: () => Promise<void>, check: () => Promise<void>,
 *   reset?: () => Promise<null>, codeOf: (error: unknown) => string }} Database
 *   The database of an engine. `reset`, if set, replaces the engine's own reset. `codeOf` returns Prisma's code for an
 *   error.
 * @typedef {Record<string, (params: unknown) => Promise<{ stdout?: string } | null | undefined>>} Engine its methods,
 *   by name
 */

let panic = "";

export function lastSchemaEnginePanic() {
  return panic;
}

/** @param {string[][]} models pairs of file name and text @param {Database} database @returns {Promise<Engine>} */
export async function openSchemaEngine(models, database) {
  const { SchemaEngine } = await load();
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: database.provider,
    adapterName: database.adapterName,
    connect: database.connect,
    connectToShadowDb: database.connectToShadow,
  });
  return SchemaEngine.new({ datamodels: models.length > 0 ? models : undefined }, () => {}, factory);
}

/**
 * @typedef {{ __wbg_set_wasm: (exports: WebAssembly.Exports) => void,
 *   SchemaEngine: { new: (options: object, log: () => void, factory: object) => Promise<Engine> } }} Glue
 */

/** @returns {Promise<Glue>} */
async function load() {
  // The engine writes the message of a panic into this global object.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      get: lastSchemaEnginePanic,
      set_message(/** @type {string} */ message) {
        panic = message;
      },
    },
  });
  /** @type {string} a variable, because the package has no types for this file */
  const glueModule = "@prisma/schema-engine-wasm/schema_engine_bg";
  /** @type {Glue & WebAssembly.ModuleImports} */
  const glue = await import(glueModule);
  const code = readFileSync(new URL("schema_engine_bg.wasm", import.meta.resolve("@prisma/schema-engine-wasm")));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  if (typeof exports.__wbindgen_start === "function") exports.__wbindgen_start();
  return glue;
}
