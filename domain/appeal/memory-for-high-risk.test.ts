import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyTestOptions } from "@/tools/test/scope.mjs";
import { DEFAULT_MANNERS, type Manners, type WAYS_TO_CLOSE_BANNER } from "./manners";
import {
  memoryAfterSendingForm,
  memoryAfterSupporterErasure,
  memoryAfterVisit,
  readerMemoryAfterClosingBanner,
  readerMemoryAfterGift,
  readerMemoryAfterShowingBanner,
} from "./memory-changes";
import { deviceMemoryForHighRiskOutlet, mannersForHighRisk } from "./memory-for-high-risk";
import { findQuietPeriod, isInQuietPeriodAfterGift } from "./quiet-period";
import { EMPTY_READER_MEMORY, parseReaderMemory, type ReaderMemory } from "./reader-memory";

const NOON = Date.UTC(2026, 10, 23, 12);
const daysLater = (days: number) => NOON + days * 24 * 60 * 60 * 1000;

function kept(reader: ReaderMemory, now: number, manners: Manners): { text: string; reader: ReaderMemory } {
  const text = JSON.stringify(deviceMemoryForHighRiskOutlet(reader, { now, manners }));
  return { text, reader: parseReaderMemory(text, now) };
}

const plans: [string, Manners][] = [
  ["the site's defaults", mannersForHighRisk(DEFAULT_MANNERS)],
  [
    "more reserved",
    mannersForHighRisk({
      ...DEFAULT_MANNERS,
      quietDaysAfter: { ...DEFAULT_MANNERS.quietDaysAfter, "not-now": 45 },
      mostViews: 1,
    }),
  ],
  [
    "limited by an appeal's end",
    mannersForHighRisk({ ...DEFAULT_MANNERS, appealStartsAt: 1, appealEndsAt: daysLater(70) }),
  ],
];

describe.each(plans)("if OUTLET_RISK is high, with settings that are %s", (_, manners) => {
  const seen = kept(readerMemoryAfterShowingBanner(EMPTY_READER_MEMORY, NOON), NOON, manners).reader;
  const answer = (way: (typeof WAYS_TO_CLOSE_BANNER)[number]) =>
    readerMemoryAfterClosingBanner(seen, { way, at: NOON, manners });
  const notThisTime = kept(answer("not-now"), NOON, manners).text;

  test.each<[string, ReaderMemory]>([
    ["a gift", readerMemoryAfterGift(seen, { regular: false, at: NOON })],
    ["a regular gift", readerMemoryAfterGift(seen, { regular: true, at: NOON })],
    ["“I already gave”", answer("already-gave")],
    ["a reminder", answer("reminder")],
    ["an erasure", memoryAfterSupporterErasure(seen, NOON)],
  ])("%s stores the same bytes as “not this time”", (_name, reader) => {
    expect(kept(reader, NOON, manners).text).toBe(notThisTime);
  });

  test("the device stores only one date: when the banner may ask again after “not this time”", () => {
    const rest = findQuietPeriod({ reader: answer("not-now"), now: NOON, manners });
    expect(JSON.parse(notThisTime)).toEqual({ quietUntil: rest?.until });
  });

  test("no page can thank the reader, recognise a sent form or offer an unfinished gift again", () => {
    const unfinished = { every: "month", currency: "EUR", amount: "10", at: NOON };
    const given = readerMemoryAfterGift(seen, { regular: true, at: NOON });
    const supporter = memoryAfterSendingForm(given, { formNonce: "m".repeat(20), at: NOON, unfinished });
    const { reader } = kept(supporter, NOON, manners);
    expect(isInQuietPeriodAfterGift({ reader, now: NOON, manners })).toBe(false);
    expect(reader).toEqual({ ...EMPTY_READER_MEMORY, quietUntil: reader.quietUntil });
  });

  test("a memory from before the risk was high loses its gift at the next visit", () => {
    const old = readerMemoryAfterGift(EMPTY_READER_MEMORY, { regular: true, at: daysLater(-1) });
    const { text } = kept(memoryAfterVisit(old, NOON, manners), NOON, manners);
    expect(Object.keys(JSON.parse(text))).toEqual(["quietUntil"]);
  });

  test("no later visit, view, answer or gift shortens the time without banner", () => {
    const change = fc.constantFrom<(reader: ReaderMemory, now: number) => ReaderMemory>(
      (reader) => reader,
      (reader, now) => memoryAfterVisit(reader, now, manners),
      readerMemoryAfterShowingBanner,
      (reader, at) => readerMemoryAfterClosingBanner(reader, { way: "not-now", at, manners }),
      (reader, at) => readerMemoryAfterGift(reader, { regular: true, at }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.integer({ min: 0, max: 40 })), { maxLength: 30 }), (changes) => {
        let [reader, now] = [EMPTY_READER_MEMORY, NOON];
        for (const [next, days] of changes) {
          now += days * 24 * 60 * 60 * 1000;
          const before = reader.quietUntil;
          reader = kept(next(reader, now), now, manners).reader;
          if (before > now) expect(reader.quietUntil).toBeGreaterThanOrEqual(before);
        }
      }),
      propertyTestOptions({ usual: 100, all: 2_000 }),
    );
  });

  test("a device without a list of views shows the banner at most as often as the settings allow", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 100 }), (waits) => {
        const shownAt: number[] = [];
        let [reader, now] = [EMPTY_READER_MEMORY, NOON];
        for (const hours of waits) {
          now += hours * 60 * 60 * 1000;
          if (findQuietPeriod({ reader, now, manners })) continue;
          shownAt.push(now);
          reader = kept(readerMemoryAfterShowingBanner(reader, now), now, manners).reader;
        }
        for (const at of shownAt) {
          const within = shownAt.filter((other) => other >= at && other < at + 30 * 24 * 60 * 60 * 1000);
          expect(within.length).toBeLessThanOrEqual(manners.mostViews);
        }
      }),
      propertyTestOptions({ usual: 100, all: 2_000 }),
    );
  });
});

test("a device whose reader has not seen the banner stores no date", () => {
  expect(
    deviceMemoryForHighRiskOutlet(EMPTY_READER_MEMORY, { now: NOON, manners: mannersForHighRisk(DEFAULT_MANNERS) }),
  ).toEqual({
    quietUntil: 0,
  });
});
