// Sets the state of the process in tests (systems/runtime.ts).
import type { Db } from "../database";
import { RUNTIME, type Runtime, runtime } from "../runtime";

export function setRuntime(fields: Partial<Runtime>): void {
  Object.assign(runtime, fields);
}

/** `database()` answers with this ledger from now on. */
export function setLedger(db: Db | Promise<Db>): void {
  setRuntime({ database: Promise.resolve(db) });
}

/** Modules that are loaded after this start with an empty state. */
export function resetRuntime(): void {
  Reflect.deleteProperty(globalThis, RUNTIME);
}
