import { test } from "vitest";
import { isFullRun } from "./scope.mjs";

/** For a slow test of which a part is tested elsewhere: `npm test` skips it, `npm run test:all` runs it. */
export const testInFullRun = test.skipIf(!isFullRun);
