// About how long the rest of a long work takes, from how long the work until now took.

/** The shortest rest that is worth mentioning. */
const LEAST_SECONDS = 20;

/** Returns a function that says how long the rest takes; empty at the beginning, and when little is left. */
export function remainingTime(now: () => number = Date.now): (done: number, total: number) => string {
  let start: { at: number; done: number } | null = null;
  return (done, total) => {
    start ??= { at: now(), done };
    const [seconds, progressed] = [(now() - start.at) / 1000, done - start.done];
    if (progressed <= 0 || seconds < LEAST_SECONDS / 4) return "";
    const left = ((total - done) * seconds) / progressed;
    if (left < LEAST_SECONDS) return "";
    return left < 90 ? `about ${Math.round(left / 10) * 10} s left` : `about ${Math.round(left / 60)} min left`;
  };
}
