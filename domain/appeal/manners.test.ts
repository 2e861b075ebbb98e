import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyTestOptions } from "@/tools/test/scope.mjs";
import { type BannerTimingInputs, doesBannerFit, mayShowBanner } from "./good-moment";
import { DEFAULT_MANNER_SETTINGS, mannersFromChoices } from "./manner-choices";
import {
  BANNER_HIDDEN_REASONS,
  type BannerHiddenReason,
  DEFAULT_MANNERS,
  type Manners,
  WAYS_TO_CLOSE_BANNER,
  type WayToCloseBanner,
} from "./manners";
import {
  memoryAfterSendingForm,
  memoryAfterSupporterErasure,
  memoryAfterVisit,
  readerMemoryAfterClosingBanner,
  readerMemoryAfterGift,
  readerMemoryAfterShowingBanner,
} from "./memory-changes";
import { findQuietPeriod, isInQuietPeriodAfterGift, mayShowLaterTodayButton } from "./quiet-period";
import { EMPTY_READER_MEMORY, parseReaderMemory, type ReaderMemory } from "./reader-memory";

const NOON = Date.UTC(2026, 10, 23, 12);
const daysLater = (days: number) => NOON + days * 24 * 60 * 60 * 1000;

const reading: BannerTimingInputs = {
  windowHeightPx: 800,
  secondsOnPage: 20,
  shareRead: 0.5,
  hindrances: hindered(),
};

function hindered(by?: BannerHiddenReason): BannerTimingInputs["hindrances"] {
  return Object.fromEntries(
    BANNER_HIDDEN_REASONS.map((each) => [each, each === by]),
  ) as BannerTimingInputs["hindrances"];
}

function asks(reader: ReaderMemory, now = NOON, page: Partial<BannerTimingInputs> = {}): boolean {
  return mayShowBanner({ reader, now, page: { ...reading, ...page } });
}

describe("when the banner may ask on a page", () => {
  test.each<[string, Partial<BannerTimingInputs>, boolean]>([
    ["asks a reader who has been reading for a while", {}, true],
    ["does not ask in the first seconds", { secondsOnPage: 7.9 }, false],
    ["asks after the delay", { secondsOnPage: 8 }, true],
    ["does not ask before a share of the text was read", { shareRead: 0.19 }, false],
    ["asks once a share of the text was read", { shareRead: 0.2 }, true],
    ["does not ask in a window that is too low", { windowHeightPx: 479 }, false],
    ["asks in a window of the smallest allowed height", { windowHeightPx: 480 }, true],
  ])("%s", (_, page, expected) => {
    expect(asks(EMPTY_READER_MEMORY, NOON, page)).toBe(expected);
  });

  test.each(BANNER_HIDDEN_REASONS)("does not ask while the page is %s", (hindrance) => {
    expect(asks(EMPTY_READER_MEMORY, NOON, { hindrances: hindered(hindrance) })).toBe(false);
  });

  test("does not ask on an open page after its appeal has ended", () => {
    const manners = { ...DEFAULT_MANNERS, appealEndsAt: daysLater(1) };
    const mayAskOn = (now: number) => mayShowBanner({ reader: EMPTY_READER_MEMORY, now, page: reading, manners });
    expect([daysLater(1) - 1, daysLater(1)].map(mayAskOn)).toEqual([true, false]);
  });
});

test.each([
  [227, 568, true],
  [228, 568, false],
  [337, 844, true],
  [430, 844, false],
])("a banner %i px high fits a window of %i px: %s", (bannerHeightPx, windowHeightPx, expected) => {
  expect(doesBannerFit({ bannerHeightPx, windowHeightPx })).toBe(expected);
});

describe("how long the banner stays hidden", () => {
  const closed = (way: WayToCloseBanner) => readerMemoryAfterClosingBanner(EMPTY_READER_MEMORY, { way, at: NOON });
  const gave = (regular: boolean) => readerMemoryAfterGift(EMPTY_READER_MEMORY, { regular, at: NOON });

  test.each<[string, ReaderMemory, number]>([
    ["“later today” rests the banner for six hours", closed("later"), 0.25],
    ["“not this time” rests the banner for 30 days", closed("not-now"), 30],
    ["a reminder by mail rests the banner for 60 days", closed("reminder"), 60],
    ["“I already gave” rests the banner for 90 days", closed("already-gave"), 90],
    ["a gift rests the banner for 90 days", gave(false), 90],
    ["a regular gift without a later visit rests the banner for 90 days", gave(true), 90],
    [
      "a view without an answer rests the banner for a day",
      readerMemoryAfterShowingBanner(EMPTY_READER_MEMORY, NOON),
      1,
    ],
  ])("%s, and no longer", (_, reader, quietDays) => {
    expect(asks(reader, daysLater(quietDays) - 1)).toBe(false);
    expect(asks(reader, daysLater(quietDays))).toBe(true);
  });

  test.each<[first: WayToCloseBanner, second: WayToCloseBanner, secondOnDay: number, quietUntilDay: number]>([
    ["already-gave", "not-now", 0, 90],
    ["already-gave", "not-now", 59, 90],
    ["already-gave", "not-now", 61, 91],
    ["already-gave", "already-gave", 10, 100],
    ["not-now", "already-gave", 10, 100],
    ["not-now", "not-now", 29, 59],
    ["not-now", "later", 10, 30],
    ["later", "not-now", 0, 30],
    ["not-now", "reminder", 10, 70],
  ])("%s, then %s on day %i, hides the banner until day %i", (first, second, secondOnDay, quietUntilDay) => {
    const reader = readerMemoryAfterClosingBanner(closed(first), { way: second, at: daysLater(secondOnDay) });
    expect(asks(reader, daysLater(quietUntilDay) - 1)).toBe(false);
    expect(asks(reader, daysLater(quietUntilDay))).toBe(true);
  });

  test("a later “not this time” does not shorten the time without banner after a gift", () => {
    const reader = readerMemoryAfterClosingBanner(gave(false), { way: "not-now", at: daysLater(1) });
    expect(asks(reader, daysLater(60))).toBe(false);
  });

  test("a reader who gives regularly and comes back every month is never asked", () => {
    let reader = gave(true);
    for (let day = 29; day < 3 * 365; day += 29) {
      expect(asks(reader, daysLater(day))).toBe(false);
      reader = memoryAfterVisit(reader, daysLater(day));
    }
  });

  test("a visit after the time without banner has ended does not renew it", () => {
    const reader = memoryAfterVisit(gave(true), daysLater(91));
    expect(asks(reader, daysLater(91))).toBe(true);
  });

  test("a single gift after a regular gift does not turn it into a single gift", () => {
    const reader = readerMemoryAfterGift(gave(true), { regular: false, at: daysLater(2) });
    expect(reader.gift?.regular).toBe(true);
  });

  test("a reader counts as having given lately for as long as the gift hides the banner, and no other reader does", () => {
    expect(isInQuietPeriodAfterGift({ reader: gave(false), now: daysLater(90) - 1 })).toBe(true);
    expect(isInQuietPeriodAfterGift({ reader: gave(false), now: daysLater(90) })).toBe(false);
    expect(isInQuietPeriodAfterGift({ reader: closed("already-gave"), now: NOON })).toBe(false);
    expect(isInQuietPeriodAfterGift({ reader: EMPTY_READER_MEMORY, now: NOON })).toBe(false);
  });

  test("a visit does not extend the time without banner of a reader who gave once", () => {
    expect(memoryAfterVisit(gave(false), daysLater(5))).toEqual(gave(false));
  });
});

describe("how often the banner may be seen", () => {
  const seenOnDays = (...days: number[]) =>
    days.reduce((r, day) => readerMemoryAfterShowingBanner(r, daysLater(day)), EMPTY_READER_MEMORY);

  test("the banner is shown at most four times in 30 days", () => {
    expect(asks(seenOnDays(0, 5, 10), daysLater(15))).toBe(true);
    expect(asks(seenOnDays(0, 5, 10, 15), daysLater(20))).toBe(false);
  });

  test("the banner is shown again when the first of four views is 30 days old", () => {
    expect(asks(seenOnDays(0, 5, 10, 15), daysLater(30) - 1)).toBe(false);
    expect(asks(seenOnDays(0, 5, 10, 15), daysLater(30))).toBe(true);
  });

  const laterToday = (reader: ReaderMemory, at: number) => readerMemoryAfterClosingBanner(reader, { way: "later", at });

  test("“later today” brings the banner back after six hours, although it was already shown on this day", () => {
    const reader = laterToday(seenOnDays(0), NOON + 1_000);
    expect(asks(reader, daysLater(0.25) + 999)).toBe(false);
    expect(asks(reader, daysLater(0.25) + 1_000)).toBe(true);
  });

  test("a banner that came back after “later today” and got no answer stays hidden for a day", () => {
    const reader = readerMemoryAfterShowingBanner(laterToday(seenOnDays(0), NOON), daysLater(0.25));
    expect(asks(reader, daysLater(1.25) - 1)).toBe(false);
    expect(asks(reader, daysLater(1.25))).toBe(true);
  });

  test("nobody sees the banner more often than four times in 30 days, whatever they answer", () => {
    const answers = fc.array(fc.constantFrom<WayToCloseBanner | null>(null, "later", "not-now"), { maxLength: 40 });
    fc.assert(
      fc.property(answers, fc.array(fc.integer({ min: 1, max: 72 }), { maxLength: 200 }), (ways, waits) => {
        const shownAt: number[] = [];
        let [reader, now] = [EMPTY_READER_MEMORY, NOON];
        for (const hours of waits) {
          now += hours * 60 * 60 * 1000;
          if (!asks(reader, now)) continue;
          const way = ways[shownAt.length];
          shownAt.push(now);
          reader = readerMemoryAfterShowingBanner(reader, now);
          if (way) reader = readerMemoryAfterClosingBanner(reader, { way, at: now });
        }
        for (const at of shownAt) {
          const within = shownAt.filter((other) => other >= at && other < at + 30 * 24 * 60 * 60 * 1000);
          expect(within.length).toBeLessThanOrEqual(DEFAULT_MANNERS.mostViews);
        }
      }),
      propertyTestOptions({ usual: 100, all: 2_000 }),
    );
  });

  test("views that no longer count are removed from the memory", () => {
    expect(seenOnDays(0, 40).views).toEqual([daysLater(40)]);
  });
});

describe("the memory of a device", () => {
  test("a stored memory reads back unchanged", () => {
    const before = readerMemoryAfterGift(
      readerMemoryAfterClosingBanner(readerMemoryAfterShowingBanner(EMPTY_READER_MEMORY, NOON), {
        way: "not-now",
        at: NOON,
      }),
      {
        regular: true,
        at: NOON,
      },
    );
    const unfinished = { every: "month", currency: "EUR", amount: "10", at: NOON };
    const reader = memoryAfterSendingForm(before, { formNonce: "the-number-of-the-form", at: NOON, unfinished });
    expect(parseReaderMemory(JSON.stringify(reader), NOON)).toEqual(reader);
  });

  test("a device remembers for a day which forms were sent from it", () => {
    const first = memoryAfterSendingForm(EMPTY_READER_MEMORY, { formNonce: "first", at: NOON - 60_000 });
    const text = JSON.stringify(memoryAfterSendingForm(first, { formNonce: "second", at: NOON }));
    const marksAt = (at: number) => Object.keys(parseReaderMemory(text, at).sentForms);
    expect(marksAt(NOON)).toEqual(["first", "second"]);
    expect(marksAt(daysLater(1) - 1)).toEqual(["second"]);
    expect(marksAt(daysLater(1))).toEqual([]);
  });

  test.each([
    ["nothing", null],
    ["not JSON", "{oops"],
    ["a number", "7"],
    ["null", "null"],
    ["a list", "[]"],
    [
      "fields of the wrong type",
      '{"views":"many","closed":{"way":"forever","at":1},"gift":{"at":"yesterday"},"sentForms":{"a":"b","c":null}}',
    ],
    ["a list instead of sent forms", '{"sentForms":[null,{"at":1}]}'],
    ["times in the future", JSON.stringify({ views: [NOON + 1], closed: { way: "not-now", at: NOON + 1 } })],
  ])("a memory counts as empty when it is %s", (_, text) => {
    expect(parseReaderMemory(text, NOON)).toEqual(EMPTY_READER_MEMORY);
  });
});

describe("the end of an appeal", () => {
  const manners = { ...DEFAULT_MANNERS, appealStartsAt: daysLater(-3), appealEndsAt: daysLater(100) };
  const restOf = (reader: ReaderMemory, own: Manners = manners) =>
    findQuietPeriod({ reader, now: NOON, manners: own })?.until;

  test.each(WAYS_TO_CLOSE_BANNER.filter((way) => way !== "later"))(
    "“%s” rests the banner until the end of the appeal",
    (way) => {
      const reader = readerMemoryAfterClosingBanner(EMPTY_READER_MEMORY, { way, at: NOON, manners });
      expect(restOf(reader)).toBe(daysLater(100));
      expect(restOf(reader, { ...manners, appealEndsAt: daysLater(5) })).toBe(restOf(reader, DEFAULT_MANNERS));
    },
  );

  test("a gift hides the banner until the end of the appeal, and “later today” does not", () => {
    expect(restOf(readerMemoryAfterGift(EMPTY_READER_MEMORY, { regular: false, at: NOON }))).toBe(daysLater(100));
    expect(restOf(readerMemoryAfterClosingBanner(EMPTY_READER_MEMORY, { way: "later", at: NOON, manners }))).toBe(
      daysLater(0.25),
    );
  });

  test("a “not now” from before this appeal hides the banner for the usual days, and not until this appeal ends", () => {
    const reader = readerMemoryAfterClosingBanner(EMPTY_READER_MEMORY, { way: "not-now", at: daysLater(-4), manners });
    expect(restOf(reader)).toBe(daysLater(26));
  });
});

test("the numbers that the page /banner-manners shows are whole and above zero", () => {
  const { quietDaysAfter, quietHoursAfterLater } = DEFAULT_MANNERS;
  const numbers = [
    ...Object.values(quietDaysAfter),
    quietHoursAfterLater,
    DEFAULT_MANNERS.mostViews,
    DEFAULT_MANNERS.viewsCountedForDays,
  ];
  for (const number of numbers) expect(Number.isInteger(number) && number > 0).toBe(true);
});

test("after its reader asked to be forgotten, a device has the same memory as a stranger's after “not this time”", () => {
  const stranger = readerMemoryAfterClosingBanner(readerMemoryAfterShowingBanner(EMPTY_READER_MEMORY, NOON), {
    way: "not-now",
    at: NOON,
  });
  const given = readerMemoryAfterGift(EMPTY_READER_MEMORY, { regular: true, at: NOON });
  const supporter = memoryAfterSendingForm(given, { formNonce: "m", at: NOON, unfinished: { amount: "10" } });
  const reader = parseReaderMemory(JSON.stringify(memoryAfterSupporterErasure(supporter, NOON)), NOON);
  expect(JSON.stringify(reader)).toBe(JSON.stringify(stranger));
  expect(asks(reader, daysLater(DEFAULT_MANNERS.quietDaysAfter["not-now"]) - 1)).toBe(false);
  expect(asks(reader, daysLater(DEFAULT_MANNERS.quietDaysAfter["not-now"]))).toBe(true);
});

describe("why the banner stays hidden, and until when", () => {
  const rest = (reader: Partial<ReaderMemory>, now = NOON) =>
    findQuietPeriod({ reader: { ...EMPTY_READER_MEMORY, ...reader }, now });
  const gift = (regular: boolean) => ({ regular, at: NOON, lastVisitAt: daysLater(80) });

  test.each<[string, Partial<ReaderMemory>, ReturnType<typeof findQuietPeriod>]>([
    ["a new reader", {}, null],
    ["after “not this time”", { closed: { way: "not-now", at: NOON } }, { reason: "not-now", until: daysLater(30) }],
    ["a gift", { gift: { ...gift(false), lastVisitAt: NOON } }, { reason: "gift", until: daysLater(90) }],
    ["a regular gift, from the last visit", { gift: gift(true) }, { reason: "regular-gift", until: daysLater(110) }],
    ["one view", { views: [NOON] }, { reason: "seen-lately", until: daysLater(1) }],
    [
      "four views, until the oldest is 30 days old",
      { views: [NOON, daysLater(-2), daysLater(-5), daysLater(-9)] },
      { reason: "seen-often", until: daysLater(21) },
    ],
    [
      "several reasons: the longest counts",
      { views: [NOON], closed: { way: "already-gave", at: NOON }, gift: { ...gift(false), at: daysLater(-1) } },
      { reason: "already-gave", until: daysLater(90) },
    ],
  ])("finds the reason and the end after: %s", (_, reader, expected) => {
    expect(rest(reader)).toEqual(expected);
  });

  test("the banner may ask from exactly this end on", () => {
    const instant = fc.integer({ min: daysLater(-120), max: NOON });
    const memory = fc.record({
      views: fc.array(instant, { maxLength: 8 }),
      closed: fc.option(fc.record({ way: fc.constantFrom(...WAYS_TO_CLOSE_BANNER), at: instant })),
      gift: fc.option(fc.record({ regular: fc.boolean(), at: instant, lastVisitAt: instant })),
      quietUntil: fc.integer({ min: daysLater(-120), max: daysLater(120) }),
    });
    fc.assert(
      fc.property(memory, (part) => {
        const reader = { ...EMPTY_READER_MEMORY, ...part };
        const found = rest(part);
        expect(asks(reader)).toBe(found === null);
        if (!found) return;
        expect(asks(reader, found.until)).toBe(true);
        expect(asks(reader, found.until - 1)).toBe(false);
      }),
      propertyTestOptions({ usual: 300, all: 10_000 }),
    );
  });
});

test("“later today” is not offered at the last view that is allowed", () => {
  const offered = [1, 2, 3, 4].map((count) => {
    const views = Array.from({ length: count }, (_, index) => daysLater(-7 * index));
    return mayShowLaterTodayButton({ reader: { ...EMPTY_READER_MEMORY, views }, now: NOON });
  });
  expect(offered).toEqual([true, true, true, false]);
});

test("a longer time without banner after “not this time” also applies to a reminder, and with one view “later today” is not offered", () => {
  const manners = mannersFromChoices({ ...DEFAULT_MANNER_SETTINGS, daysAfterNotNow: 180, mostViews: 1 });
  expect(manners).toMatchObject({ quietDaysAfter: { "not-now": 180, reminder: 180 }, quietHoursAfterLater: 0 });
  expect(mannersFromChoices(DEFAULT_MANNER_SETTINGS)).toEqual(DEFAULT_MANNERS);
});

test("ignores a stored date that a wrong clock set too far ahead", () => {
  const kept = (quietUntil: number) => parseReaderMemory(JSON.stringify({ quietUntil }), NOON).quietUntil;
  expect([kept(daysLater(730)), kept(daysLater(731))]).toEqual([daysLater(730), 0]);
});
