// The sizes of the demo: the command line, and the small newsroom as the stand-in makes it up.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { accountIdOf } from "../../packages/stripe-sandbox/src/account";
import { profileSchema } from "../../packages/stripe-sandbox/src/history/profile";
import { simulateHistory } from "../../packages/stripe-sandbox/src/history/simulate";
import { startSandbox } from "../../packages/stripe-sandbox/src/start";
import { stackSettings } from "../run/settings.mjs";
import { profileOf } from "./profile";
import { readDemoOptions } from "./size.mjs";

test("--size and --fresh are read, and a wrong size or option is a clear line", () => {
  expect(readDemoOptions([], {})).toEqual({ isFresh: false, size: null });
  expect(readDemoOptions(["--fresh", "--size=medium"], {})).toEqual({ isFresh: true, size: "medium" });
  expect(() => readDemoOptions(["--size=huge"], {})).toThrow('There is no size "huge". Sizes: small, medium');
  expect(() => readDemoOptions(["--size"], {})).toThrow("--size=small|medium");
  expect(() => readDemoOptions(["--sise=small"], {})).toThrow("--sise");
  expect(() => readDemoOptions(["--size=small"], { DATABASE_URL: "file:mine.db" })).toThrow("Unset DATABASE_URL");
});

test("each size has a ledger of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "demo-size-"));
  const ledgers = [null, "small", "medium"].map((size) => stackSettings({ folder, given: {}, size }).settings);
  expect(ledgers.map(({ DATABASE_URL }) => DATABASE_URL.replace(folder, ""))).toEqual([
    "file:/ledger.db",
    "file:/ledger-small.db",
    "file:/ledger-medium.db",
  ]);
});

/** On different weekdays and at different hours, because gifts depend on both. */
const ENDS = Array.from({ length: 3 }, (_, n) => Date.UTC(2026, 10, 1 + n * 38, n * 9) / 1_000);

test.each(ENDS)("the small newsroom has ten supporters and every kind of trouble, ending at %d", async (endsAt) => {
  const key = "sk_test_small";
  const { sandbox, close } = await startSandbox({ now: () => endsAt });
  sandbox.store.rememberAccount(accountIdOf(key), key);
  const profile = profileSchema.parse(profileOf(key, "small"));
  sandbox.store.transaction(() => simulateHistory(sandbox, profile));
  const account = sandbox.account(accountIdOf(key));
  const sessions = account.list("checkout.session", { limit: 1_000 });
  expect(new Set(sessions.map((each) => each.customer_details?.email)).size).toBe(10);
  expect(new Set(sessions.map(({ metadata }) => metadata?.variant)).size).toBe(2);
  const counts = {
    refunds: account.list("refund").length,
    disputes: account.list("dispute").length,
    failures: account.list("charge").filter(({ status }) => status === "failed").length,
    pauses: account.list("event").filter((event) => hasPaused(event.data)).length,
  };
  await close();
  expect(
    Object.values(counts).every((count) => count > 0),
    JSON.stringify(counts),
  ).toBe(true);
});

function hasPaused({ previous_attributes: before }: { previous_attributes?: unknown }): boolean {
  return (before as { pause_collection?: unknown } | undefined)?.pause_collection === null;
}
