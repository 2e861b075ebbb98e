// The clock of a test: it stands still until the test moves it, and then what is due happens.
import { runDue } from "../stories/due";
import type { Bench } from "./bench";

export function standingClock(start: number) {
  let seconds = start;
  return {
    now: () => seconds,
    async advance(bench: Bench, by: number): Promise<void> {
      seconds += by;
      await runDue(bench.sandbox);
    },
  };
}
