/** Estimates shorter than this are not shown. */
const MIN_SECONDS = 20;

/**
 * Returns a function that describes the remaining time in words. At the beginning and near the end, the function
 * returns "".
 */
export function remainingTimeEstimator(now: () => number = Date.now): (done: number, total: number) => string {
  let start: { at: number; done: number } | null = null;
  return (done, total) => {
    start ??= { at: now(), done };
    const [seconds, progressed] = [(now() - start.at) / 1000, done - start.done];
    if (progressed <= 0 || seconds < MIN_SECONDS / 4) return "";
    const left = ((total - done) * seconds) / progressed;
    if (left < MIN_SECONDS) return "";
    return left < 90 ? `about ${Math.round(left / 10) * 10} s left` : `about ${Math.round(left / 60)} min left`;
  };
}
