// Test files share a process, because starting one and loading the libraries costs a second of processor time a file. So each
// file begins here: with the settings of the start, with no state that an earlier file left on `globalThis`, and with our own
// modules loaded again. What it opens (servers, timers, child processes) it must still close itself.
import { vi } from "vitest";
import { resetRuntime } from "../../systems/testing/runtime";

const shared = globalThis as unknown as Record<string, unknown> & { settingsAtStart?: NodeJS.ProcessEnv };
shared.settingsAtStart ??= { ...process.env };

/** Vitest's own are about the file that runs. */
const isOurs = (name: string) => !name.startsWith("VITEST");

for (const name of Object.keys(process.env).filter(isOurs)) delete process.env[name];
for (const [name, value] of Object.entries(shared.settingsAtStart)) if (isOurs(name)) process.env[name] = value;
resetRuntime();
vi.useRealTimers();
vi.restoreAllMocks();
vi.resetModules();
