// Test files share a process, because a new process and its libraries would cost a second of processor time for each file. So
// this module runs before each file: it restores the environment, deletes the site's state on `globalThis`, and makes the
// site's modules load again. A file must still close the servers, timers and child processes that it opens.
import { vi } from "vitest";
import { resetRuntime } from "../../systems/testing/runtime";

const shared = globalThis as unknown as Record<string, unknown> & { settingsAtStart?: NodeJS.ProcessEnv };
shared.settingsAtStart ??= { ...process.env };

/** Vitest's own variables describe the current file, so they are not restored. */
const isOurs = (name: string) => !name.startsWith("VITEST");

for (const name of Object.keys(process.env).filter(isOurs)) delete process.env[name];
for (const [name, value] of Object.entries(shared.settingsAtStart)) if (isOurs(name)) process.env[name] = value;
resetRuntime();
vi.useRealTimers();
vi.restoreAllMocks();
vi.resetModules();
