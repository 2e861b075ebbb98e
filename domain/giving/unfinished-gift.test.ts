import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testPublication as publication } from "@/domain/testing/test-publication";
import { propertyTestOptions } from "@/tools/test/scope.mjs";
import { DEFAULT_MANNERS, type WayToCloseBanner } from "../appeal/manners";
import {
  memoryAfterSendingForm,
  readerMemoryAfterClosingBanner,
  readerMemoryAfterGift,
} from "../appeal/memory-changes";
import { findQuietPeriod } from "../appeal/quiet-period";
import { EMPTY_READER_MEMORY, parseReaderMemory, type ReaderMemory } from "../appeal/reader-memory";
import { checkoutClosesAt } from "./checkout";
import { type UnfinishedGift, unfinishedGiftRecallOf, withoutUnfinishedGiftSentAt } from "./unfinished-gift";

const NOON = Date.UTC(2026, 10, 27, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TEN_A_MONTH = { every: "month", currency: "EUR", amount: "10", at: NOON };

function sent(gift: Partial<UnfinishedGift> = {}, reader: ReaderMemory = EMPTY_READER_MEMORY): ReaderMemory {
  return memoryAfterSendingForm(reader, {
    formNonce: "m".repeat(20),
    at: NOON,
    unfinished: { ...TEN_A_MONTH, ...gift },
  });
}

function kindAt(now: number, reader: ReaderMemory = sent()): string {
  return unfinishedGiftRecallOf({ reader: parseReaderMemory(JSON.stringify(reader), now), now, publication }).kind;
}

describe("a gift whose form was sent and that was not paid", () => {
  test("is offered again with the values that were sent", () => {
    expect(unfinishedGiftRecallOf({ reader: sent(), now: NOON + DAY, publication })).toEqual({
      kind: "recall",
      frequency: "monthly",
      money: { amountMinor: 1000, currency: "EUR" },
      amount: "10",
      sentAt: NOON,
    });
  });

  test("is not offered again for four hours, while it may still be paid, and is forgotten after three days", () => {
    const found = [0, 4 * HOUR - 1, 4 * HOUR, 3 * DAY - 1, 3 * DAY].map((after) => kindAt(NOON + after));
    expect(found).toEqual(["early", "early", "recall", "recall", "over"]);
  });

  test("is offered again only after both possible Checkout sessions of the gift have closed", () => {
    const lastMs = checkoutClosesAt(checkoutClosesAt(new Date(NOON))).getTime() - NOON;
    expect(DEFAULT_MANNERS.hoursBeforeRecall * HOUR).toBeGreaterThan(lastMs);
  });

  test.each<[WayToCloseBanner, string]>([
    ["not-now", "over"],
    ["already-gave", "over"],
    ["reminder", "over"],
    ["later", "recall"],
  ])("after the answer “%s”, its recall is “%s”", (way, kind) => {
    expect(kindAt(NOON + DAY, readerMemoryAfterClosingBanner(sent(), { way, at: NOON + HOUR }))).toBe(kind);
  });

  test("is offered again despite an answer from before it was sent", () => {
    const closed = readerMemoryAfterClosingBanner(EMPTY_READER_MEMORY, { way: "not-now", at: NOON - HOUR });
    expect(kindAt(NOON + DAY, sent({}, closed))).toBe("recall");
  });

  test("is forgotten after a later gift, and is not offered again if the reader had given lately", () => {
    expect(readerMemoryAfterGift(sent(), { regular: false, at: NOON + HOUR }).unfinished).toBeUndefined();
    const gave = readerMemoryAfterGift(EMPTY_READER_MEMORY, { regular: false, at: NOON - DAY });
    expect(kindAt(NOON + DAY, sent({}, gave))).toBe("over");
  });

  test.each<[string, Partial<UnfinishedGift>]>([
    ["a frequency that the form does not offer", { every: "week" }],
    ["an unknown currency", { currency: "XXX" }],
    ["a currency that the newsroom does not accept", { currency: "CHF" }],
    ["an amount below the limit", { amount: "1" }],
    ["an amount above the limit", { amount: "10001" }],
    ["words instead of an amount", { amount: "ten" }],
    ["an amount that is a number", { amount: 10 as never }],
    ["a time in the future", { at: NOON + 2 * DAY }],
    ["a word instead of a time", { at: "noon" as never }],
  ])("is not offered again with %s", (_, gift) => {
    expect(kindAt(NOON + DAY, sent(gift))).toBe("over");
  });

  test("no stored value causes an error, and an unfinished gift does not shorten the time without banner", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (unfinished) => {
        const reader = parseReaderMemory(JSON.stringify({ unfinished }), NOON + DAY);
        expect(["over", "recall"]).toContain(unfinishedGiftRecallOf({ reader, now: NOON + DAY, publication }).kind);
      }),
      propertyTestOptions({ usual: 100, all: 2_000 }),
    );
    const closed = readerMemoryAfterClosingBanner(EMPTY_READER_MEMORY, { way: "not-now", at: NOON - HOUR });
    expect(findQuietPeriod({ reader: sent({}, closed), now: NOON })).toEqual(
      findQuietPeriod({ reader: closed, now: NOON }),
    );
  });

  test("is removed from the device when it is offered again, but a newer gift from another tab is not", () => {
    expect(withoutUnfinishedGiftSentAt(sent(), NOON).unfinished).toBeUndefined();
    expect(withoutUnfinishedGiftSentAt(sent({ at: NOON + 1 }), NOON).unfinished).toMatchObject({ at: NOON + 1 });
    expect(JSON.stringify(withoutUnfinishedGiftSentAt(sent(), NOON))).not.toContain("unfinished");
  });
});
