// Reads processor time from Linux's /proc. On a busy machine it is a more reliable measure than requests per second.
import { readdirSync, readFileSync } from "node:fs";

/**
 * Linux always reports processor time in hundredths of a second, whatever the kernel's own clock rate is (USER_HZ, man
 * 5 proc).
 */
const MS_PER_TICK = 10;

/** Returns the processor time of the process and its descendants in milliseconds, or NaN without /proc. */
export function processTreeCpuMs(pid: number): number {
  try {
    const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    const stats = all.map(statOf).filter((each) => each !== null);
    const family = new Set([pid]);
    for (const { id, parent } of stats.toSorted((a, b) => a.startedAt - b.startedAt))
      if (family.has(parent)) family.add(id);
    return stats.filter(({ id }) => family.has(id)).reduce((sum, { ticks }) => sum + ticks, 0) * MS_PER_TICK;
  } catch {
    return Number.NaN;
  }
}

function statOf(id: string) {
  try {
    // Skips the process name, which is in parentheses and can contain spaces.
    const rest = readFileSync(`/proc/${id}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const field = (number: number) => Number(rest[number - 3]);
    return { id: Number(id), parent: field(4), ticks: field(14) + field(15), startedAt: field(22) };
  } catch {
    // The process has exited since its folder was listed.
    return null;
  }
}
