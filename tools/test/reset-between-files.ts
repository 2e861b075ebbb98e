// Restores the shared state before each test file. Test files share a process, because starting a new process and
// loading the libraries again would take processor time. A file must still close the servers, timers and child
// processes that it opens.
import { AsyncLocalStorage } from "node:async_hooks";
import { vi } from "vitest";
import { resetRuntime } from "../../systems/testing/runtime";

type Storage = AsyncLocalStorage<unknown>;
const shared = globalThis as unknown as Record<string, unknown> & {
  settingsAtStart?: NodeJS.ProcessEnv;
  usedStorages?: Set<Storage>;
};
shared.settingsAtStart ??= { ...process.env };
shared.usedStorages ??= rememberUsedStorages();

/**
 * Collects every AsyncLocalStorage that the tests use, so that it can be disabled before the next file. A storage that
 * is not disabled makes each `await` slow, because Node copies its value to every promise.
 */
function rememberUsedStorages(): Set<Storage> {
  const used = new Set<Storage>();
  const { run } = AsyncLocalStorage.prototype;
  AsyncLocalStorage.prototype.run = function (this: Storage, ...args: unknown[]) {
    used.add(this);
    return Reflect.apply(run, this, args);
  };
  return used;
}

/**
 * Returns false for Vitest's own variables. They describe the current test file, so they are neither deleted nor
 * restored.
 */
const isOurs = (name: string) => !name.startsWith("VITEST");

for (const name of Object.keys(process.env).filter(isOurs)) delete process.env[name];
for (const [name, value] of Object.entries(shared.settingsAtStart)) if (isOurs(name)) process.env[name] = value;
for (const storage of shared.usedStorages) storage.disable();
shared.usedStorages.clear();
resetRuntime();
vi.useRealTimers();
vi.restoreAllMocks();
vi.resetModules();
