/** Returns the processor time that `work` takes. On a busy machine, elapsed time would be longer. */
export function measureCpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}
