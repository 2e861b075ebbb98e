import { inject, test } from "vitest";
import { isFullRun } from "./scope.mjs";

/** Declares a slow test that a cheaper one covers in part. Only `npm run test:all` runs it. */
export const testInFullRun = test.skipIf(!isFullRun);

/** Declares a test that does not depend on the database. On PostgreSQL, only `npm run test:all` runs it. */
export const testIndependentOfDatabase = test.skipIf(inject("postgres") && !isFullRun);
