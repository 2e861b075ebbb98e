import { handleAllDueObjects } from "../stories/handle-due-objects";
import type { TestSandbox } from "./bench";

export function manualClock(start: number) {
  let seconds = start;
  return {
    now: () => seconds,
    async advance(bench: TestSandbox, by: number): Promise<void> {
      seconds += by;
      await handleAllDueObjects(bench.sandbox);
    },
  };
}
