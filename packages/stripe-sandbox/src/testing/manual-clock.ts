import { handleAllDueObjects } from "../payment-flows/handle-due-objects";
import type { TestSandbox } from "./test-sandbox";

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
