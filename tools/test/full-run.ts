import { test } from "vitest";
import { databaseProvider } from "../../prisma/fresh-ledger";
import { isFullRun } from "./scope.mjs";

/** For a slow test of which a part is tested elsewhere: `npm test` skips it, `npm run test:all` runs it. */
export const testInFullRun = test.skipIf(!isFullRun);

/** For a test that does not depend on the database, in a file that also runs on PostgreSQL: there only `npm run test:all` runs it. */
export const testOnSqlite = test.skipIf(databaseProvider === "postgresql" && !isFullRun);
