// For tests: a ledger with two generated years, which end on 19 November 2026.
import { copyFileSync, existsSync, mkdtempSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { rederiveTotalsIfRulesOrTimeZoneChanged } from "../../domain/ledger/check/stored-totals";
import { recordGeneratedYears } from "../../domain/newsroom/testing/record-years";
import { readLedgerRows } from "../../domain/newsroom/testing/slow-figures";
import {
  GENERATED_YEARS_END_MS,
  type GeneratedYearsOfGifts,
  generateYearsOfGifts,
} from "../../domain/newsroom/testing/years";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import { publication } from "../../publication";
import { type Db, openDatabase } from "../database";
import { setRuntimeDatabase } from "./runtime";
import { signInForTests } from "./sign-in-for-tests";
import type { StaffBrowser } from "./staff-browser";
import { testEnvironmentFor } from "./stripes-books";

export const YEARS_FIXTURE_TODAY = "2026-11-19";
export const STAFF_EMAIL = "editor@example.org";

/**
 * Opens a ledger with generated gifts of about two years, and starts a fake clock at the end of these years. The caller
 * must end the fake clock with `vi.useRealTimers`. `raw` in the result: the ledger's rows. From these, tests compute
 * the expected results in a slower way.
 */
export async function openMultiYearLedgerFixture({ people }: { people: number }) {
  const { timeZone } = publication;
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), { STAFF_EMAILS: STAFF_EMAIL });
  vi.useFakeTimers({ now: new Date(`${YEARS_FIXTURE_TODAY}T15:00:00Z`), toFake: ["Date"] });
  const years = generateYearsOfGifts({ seed: 6, people });
  const db = await ledgerOf(years, { name: `years-of-${people}.db`, timeZone });
  const raw = await readLedgerRows(db, timeZone);
  setRuntimeDatabase(db);
  const desk: StaffBrowser = { session: await signInForTests(db, STAFF_EMAIL, { codeAgeMinutes: 0 }), note: "" };
  return { db, years, raw, desk };
}

/**
 * Returns a ledger filled with the generated years. On SQLite and without watch mode, the first call stores the ledger
 * as the file `name` in the temporary folder. Later calls with the same `name` open a copy of that file.
 */
async function ledgerOf(
  years: GeneratedYearsOfGifts,
  { name, timeZone }: { name: string; timeZone: string },
): Promise<Db> {
  const shared = join(tmpdir(), name);
  if (existsSync(shared)) return openCopy(shared);
  const db = await openEmptyLedger();
  await rederiveTotalsIfRulesOrTimeZoneChanged(db, timeZone);
  await recordGeneratedYears(db, years, { seed: 6, now: new Date(GENERATED_YEARS_END_MS), timeZone });
  if (testDatabaseProvider === "sqlite" && process.env.VITEST_MODE === "RUN") {
    const unfinished = `${shared}.${process.pid}`;
    await db.$executeRawUnsafe(`VACUUM INTO '${unfinished}'`);
    renameSync(unfinished, shared);
  }
  return db;
}

async function openCopy(shared: string): Promise<Db> {
  const path = join(mkdtempSync(join(tmpdir(), "appeal-years-")), "ledger.db");
  copyFileSync(shared, path);
  const db = await openDatabase(`file:${path}`);
  await db.$executeRawUnsafe("PRAGMA synchronous = OFF");
  return db;
}
