// Loads Prisma's schema engine, compiled to WebAssembly, by hand: the package's own entry expects a bundler.
import { readFileSync } from "node:fs";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

let panic = "";

/** What the engine said when it panicked; empty where it did not. */
export function lastPanic() {
  return panic;
}

/** `models`: pairs of file name and text, as the engine wants them. */
export async function startEngine(models, database) {
  const engine = await load();
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: database.provider,
    adapterName: database.adapterName,
    connect: database.connect,
    connectToShadowDb: database.connectToShadow,
  });
  return engine.SchemaEngine.new({ datamodels: models.length > 0 ? models : undefined }, () => {}, factory);
}

async function load() {
  // Without this registry a panic in the engine cannot be read.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    get: lastPanic,
    set_message(message) {
      panic = message;
    },
  };
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const code = readFileSync(new URL("schema_engine_bg.wasm", import.meta.resolve("@prisma/schema-engine-wasm")));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return glue;
}
