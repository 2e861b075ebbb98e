import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TEST_API_KEY } from "stripe-sandbox/testing";
import { expect, test } from "vitest";
import { parseCoveredFeeMetadata } from "../../domain/giving/covered-fee";
import { openStandIn } from "../../systems/testing/stand-in";
import { resolveStackSettings } from "../run/settings.mjs";
import { demoHistoryProfile } from "./profile";
import { remainingTimeEstimator } from "./remaining-time";
import { describeTimeAndDiskCosts, parseDemoOptions } from "./size.mjs";

test("--size and --fresh are read, and a wrong size or option is refused with a message that names it", () => {
  expect(parseDemoOptions([], {})).toEqual({ isFresh: false, size: null });
  expect(parseDemoOptions(["--fresh", "--size=medium"], {})).toEqual({ isFresh: true, size: "medium" });
  expect(() => parseDemoOptions(["--size=huge"], {})).toThrow('There is no size "huge". Sizes: small, medium, large');
  expect(() => parseDemoOptions(["--size"], {})).toThrow("--size=small|medium|large");
  expect(() => parseDemoOptions(["--sise=small"], {})).toThrow("--sise");
  expect(() => parseDemoOptions(["--size=small"], { DATABASE_URL: "file:mine.db" })).toThrow("Unset DATABASE_URL");
});

test("each size has a ledger of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "demo-size-"));
  const ledgers = [null, "small", "medium", "large"].map(
    (size) => resolveStackSettings({ folder, ownSettings: {}, size }).settings,
  );
  expect(ledgers.map(({ DATABASE_URL }) => DATABASE_URL.replace(folder, ""))).toEqual([
    "file:/ledger.db",
    "file:/ledger-small.db",
    "file:/ledger-medium.db",
    "file:/ledger-large.db",
  ]);
});

test("the large newsroom says how long it takes, and is refused if the disk has too little space", () => {
  const folder = tmpdir();
  expect(describeTimeAndDiskCosts("medium", { folder, freeBytes: 0 })).toBeNull();
  expect(describeTimeAndDiskCosts("large", { folder, freeBytes: 10 ** 12 })).toMatch(/about \d+ minutes .* \d+ GB/);
  expect(() => describeTimeAndDiskCosts("large", { folder, freeBytes: 10 ** 9 })).toThrow("1.0 GB free");
});

test("the estimate of the remaining time is empty at the beginning and near the end", () => {
  let seconds = 0;
  const remaining = remainingTimeEstimator(() => seconds * 1_000);
  const texts = [
    [0, 0],
    [2, 10],
    [10, 100],
    [60, 910],
    [66, 1_000],
  ].map(([at = 0, done = 0]) => {
    seconds = at;
    return remaining(done, 1_000);
  });
  expect(texts).toEqual(["", "", "about 2 min left", "", ""]);
});

test("the small newsroom has ten supporters, two variants of the appeal, covered card fees, refunds, disputes, failures and pauses", async () => {
  const endsAt = Date.UTC(2026, 10, 1) / 1_000;
  const { stripe, url, close } = await openStandIn({ now: () => endsAt });
  const body = JSON.stringify(demoHistoryProfile(TEST_API_KEY, "small"));
  await (await fetch(`${url}/_sandbox/history`, { method: "POST", body })).text();
  const all = <Item>(list: { autoPagingToArray(options: { limit: number }): Promise<Item[]> }) =>
    list.autoPagingToArray({ limit: 10_000 });
  const sessions = await all(stripe.checkout.sessions.list({ limit: 100 }));
  const charges = await all(stripe.charges.list({ limit: 100 }));
  const changes = await all(stripe.events.list({ limit: 100, type: "customer.subscription.updated" }));
  const counts = {
    refunds: (await stripe.refunds.list()).data.length,
    disputes: (await stripe.disputes.list()).data.length,
    failures: charges.filter(({ status }) => status === "failed").length,
    pauses: changes.filter(({ data }) => hasPaused(data)).length,
  };
  await close();
  expect(new Set(sessions.map((each) => each.customer_details?.email)).size).toBe(10);
  expect(new Set(sessions.map(({ metadata }) => metadata?.variant)).size).toBe(2);
  const covering = sessions.filter(({ metadata }) => metadata?.covered_fee);
  expect(covering.length).toBeGreaterThan(3);
  expect(covering.length).toBeLessThan(sessions.length / 2);
  for (const { metadata, amount_total } of covering)
    expect(parseCoveredFeeMetadata(metadata?.covered_fee)).toMatchObject({ wholeMinor: amount_total });
  expect(
    Object.values(counts).every((count) => count > 0),
    JSON.stringify(counts),
  ).toBe(true);
});

function hasPaused({ previous_attributes: before }: { previous_attributes?: unknown }): boolean {
  return (before as { pause_collection?: unknown } | undefined)?.pause_collection === null;
}
