// For tests: two generated years in a ledger, and a signed-in colleague on 19 November 2026, when the two years end.
import { vi } from "vitest";
import { ensureKeptSums } from "../../domain/ledger/check/own-sums";
import { recordYears } from "../../domain/newsroom/testing/record-years";
import { readRaw } from "../../domain/newsroom/testing/slow-figures";
import { END, generateYears } from "../../domain/newsroom/testing/years";
import { emptyLedger } from "../../prisma/empty-ledger";
import { publication } from "../../publication";
import { setLedger } from "./runtime";
import { signInForTests } from "./sign-in-for-tests";
import type { Desk } from "./staff-desk";
import { settingsFor } from "./stripes-books";

export const TODAY = "2026-11-19";
export const STAFF_EMAIL = "editor@example.org";

/** Sets the clock; the caller must set it back (`vi.useRealTimers`). `raw`: the ledger's rows, for a slow count. */
export async function openYearsDesk({ people }: { people: number }) {
  const { timeZone } = publication;
  Object.assign(process.env, settingsFor({ url: "http://127.0.0.1:9" }), { STAFF_EMAILS: STAFF_EMAIL });
  vi.useFakeTimers({ now: new Date(`${TODAY}T15:00:00Z`), toFake: ["Date"] });
  const db = await emptyLedger();
  await ensureKeptSums(db, timeZone);
  const years = generateYears({ seed: 6, people });
  await recordYears(db, years, { seed: 6, now: new Date(END), timeZone });
  const raw = await readRaw(db, timeZone);
  setLedger(db);
  const desk: Desk = { session: await signInForTests(db, STAFF_EMAIL, { codeAge: 0 }), note: "" };
  return { db, years, raw, desk };
}
