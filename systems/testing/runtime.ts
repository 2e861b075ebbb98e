// For tests: sets the state of the process (systems/runtime.ts).
import type { Db } from "../database";
import { RUNTIME, type Runtime, runtime } from "../runtime";

export function setRuntime(fields: Partial<Runtime>): void {
  Object.assign(runtime, fields);
}

export function setLedger(db: Db | Promise<Db>): void {
  setRuntime({ database: Promise.resolve(db) });
}

/** Removes the state. Modules that are loaded later start with an empty state. */
export function resetRuntime(): void {
  Reflect.deleteProperty(globalThis, RUNTIME);
}
