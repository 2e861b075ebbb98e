import type { Db } from "../database";
import { RUNTIME_KEY, type RuntimeState, runtime } from "../runtime";

export function setRuntime(fields: Partial<RuntimeState>): void {
  Object.assign(runtime, fields);
}

export function setRuntimeDatabase(db: Db | Promise<Db>): void {
  setRuntime({ database: Promise.resolve(db) });
}

/** Deletes the state of the process. Modules that are loaded later start with an empty state. */
export function resetRuntime(): void {
  Reflect.deleteProperty(globalThis, RUNTIME_KEY);
}

/**
 * Sets the site's clock to `startMs()` (milliseconds since 1970). While `startMs()` returns the same time, only reading
 * the clock advances it, by a millisecond each time. So real time has no effect on the clock, even if the machine is
 * slow. To use the machine's time again, call `setRuntime({ clockAheadMs: 0 })`.
 */
export function setClockThatTicksOnEachRead(startMs: () => number): void {
  let lastMs = 0;
  Object.defineProperty(runtime, "clockAheadMs", {
    configurable: true,
    enumerable: true,
    get() {
      lastMs = Math.max(startMs(), lastMs + 1);
      return lastMs - Date.now();
    },
    set(value: number) {
      Object.defineProperty(runtime, "clockAheadMs", { value, configurable: true, enumerable: true, writable: true });
    },
  });
}
