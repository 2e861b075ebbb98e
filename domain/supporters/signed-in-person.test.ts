import { beforeEach, describe, expect, it } from "vitest";
import type { Payment } from "../../generated/sqlite/client";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { testPublication as publication } from "../testing/test-publication";
import { findOwnReceipt, listOwnPayments, sumKeptAmountsByCurrency } from "./own-gifts";
import { findOwnRecurringGift, findSmallerAmountToOffer, listOwnRecurringGifts } from "./own-recurring-gifts";
import { getSealedEmail, getSignedInPerson, isSessionOver, landingPathOf, maskEmail } from "./signed-in-person";

const now = new Date("2026-11-23T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 60 * 60 * 1000);
const isStaff = (emailHash: string) => emailHash === "hash of staff";
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});

function viewerOf(emailHash: string) {
  return getSignedInPerson(db, { emailHash, isStaff: isStaff(emailHash), defaultLocale: "en" });
}

const address = (emailHash: string, until: Date | null = null) => ({
  ...{ emailHash, emailSealed: `sealed ${emailHash}`, since: now, until },
});

async function supporter(name: string) {
  await db.supporter.create({
    data: { id: name, locale: "en", createdAt: now, addresses: { create: address(`hash of ${name}`) } },
  });
}

async function payment(id: string, more: Partial<Payment> & { supporterId: string }) {
  const common = { amountMinor: 1050n, currency: "USD", frequency: "once", recordedAt: now, paidAt: now };
  await db.payment.create({ data: { id, status: "succeeded", ...common, ...more } });
}

async function recurringGift(
  id: string,
  more: { supporterId: string; status?: string; cancelAt?: Date; endedAt?: Date },
) {
  const common = { amountMinor: 2000n, currency: "USD", frequency: "monthly", recordedAt: now, nextPaymentAt: now };
  await db.recurringGift.create({ data: { id, subscriptionId: `sub_${id}`, status: "active", ...common, ...more } });
}

describe("a session", () => {
  it.each([
    ["a supporter who has just signed in", "hash of anna", 0, false],
    ["a supporter before thirty days", "hash of anna", 30 * 24 - 0.01, false],
    ["a supporter after thirty days", "hash of anna", 30 * 24, true],
    ["staff before twelve hours", "hash of staff", 11.99, false],
    ["staff after twelve hours", "hash of staff", 12, true],
    ["a session from a server whose clock is some seconds ahead", "hash of anna", -4 / 3600, false],
    ["a session that begins in the future", "hash of anna", -1, true],
  ])("is over at the end of its lifetime: %s", (_, emailHash, hours, isOver) => {
    const session = { signedInAt: hoursAgo(hours) };
    expect(isSessionOver(session, { now, isStaff: isStaff(emailHash), risk: "standard" })).toBe(isOver);
  });

  it.each([
    ["a supporter before a day", "hash of anna", 23.99, false],
    ["a supporter after a day", "hash of anna", 24, true],
    ["staff after twelve hours", "hash of staff", 12, true],
  ])("ends sooner for supporters if OUTLET_RISK is high: %s", (_, emailHash, hours, isOver) => {
    const terms = { now, isStaff: isStaff(emailHash), risk: "high" } as const;
    expect(isSessionOver({ signedInAt: hoursAgo(hours) }, terms)).toBe(isOver);
  });

  it("with an invalid start time is over", () => {
    const session = { signedInAt: new Date(Number.NaN) };
    expect(isSessionOver(session, { now, isStaff: false, risk: "standard" })).toBe(true);
  });
});

describe("rights", () => {
  it("an unknown e-mail address gets no rights", async () => {
    const viewer = await viewerOf("hash of nobody");
    expect(viewer).toEqual({ emailHash: "hash of nobody", supporterId: null, isStaff: false, locale: "en" });
  });

  it("a member of staff is not automatically a supporter", async () => {
    const viewer = await viewerOf("hash of staff");
    expect(viewer).toMatchObject({ isStaff: true, supporterId: null });
  });
});

describe("own gifts", () => {
  beforeEach(async () => {
    await supporter("anna");
    await supporter("boris");
    await payment("PA1", { supporterId: "anna", paidAt: hoursAgo(48) });
    await payment("PA2", { supporterId: "anna", paidAt: hoursAgo(1) });
    await payment("PA3", { supporterId: "anna", paidAt: hoursAgo(24), currency: "EUR" });
    await payment("PA4", { supporterId: "anna", status: "failed", paidAt: hoursAgo(2) });
    await payment("PB1", { supporterId: "boris" });
    await recurringGift("ra", { supporterId: "anna" });
    await recurringGift("rb", { supporterId: "boris" });
  });

  it("are listed newest first, without those of other supporters", async () => {
    const ids = (await listOwnPayments(db, "anna")).map((gift) => gift.paymentId);
    expect(ids).toEqual(["PA2", "PA4", "PA3", "PA1"]);
  });

  it("are added up per currency, without money that did not arrive or was returned", async () => {
    await payment("PA5", { supporterId: "anna", refundedMinor: 1050n });
    await payment("PA6", { supporterId: "anna", currency: "EUR", disputedMinor: 1050n });
    await payment("PA7", { supporterId: "anna", refundedMinor: 300n });
    expect(sumKeptAmountsByCurrency(await listOwnPayments(db, "anna"))).toEqual([
      { amountMinor: 2100 + 750, currency: "USD" },
      { amountMinor: 1050, currency: "EUR" },
    ]);
  });

  it("cannot be found by another supporter", async () => {
    expect(await findOwnReceipt(db, { paymentId: "PA1", supporterId: "anna" })).toMatchObject({ paymentId: "PA1" });
    expect(await findOwnReceipt(db, { paymentId: "PA1", supporterId: "boris" })).toBeNull();
    expect(await findOwnRecurringGift(db, { id: "ra", supporterId: "anna" })).toMatchObject({ id: "ra" });
    expect(await findOwnRecurringGift(db, { id: "ra", supporterId: "boris" })).toBeNull();
  });
});

describe("a recurring gift", () => {
  beforeEach(() => supporter("anna"));

  it.each([
    ["starting", {}, "starting"],
    ["active", {}, "running"],
    ["past_due", {}, "late"],
    ["paused", {}, "paused"],
    ["active", { cancelAt: now }, "ending"],
    ["past_due", { cancelAt: now }, "ending"],
    ["canceled", { endedAt: now }, "ended"],
    ["canceled", { cancelAt: now }, "ended"],
  ])("with Stripe's status %s and %j is %s", async (status, more, standing) => {
    await recurringGift("ra", { supporterId: "anna", status, ...more });
    expect(await findOwnRecurringGift(db, { id: "ra", supporterId: "anna" })).toMatchObject({ standing });
  });

  it("is listed before ended gifts", async () => {
    await recurringGift("over", { supporterId: "anna", status: "canceled", endedAt: now });
    await recurringGift("on", { supporterId: "anna" });
    expect((await listOwnRecurringGifts(db, "anna")).map((gift) => gift.id)).toEqual(["on", "over"]);
  });

  it.each([
    [4000, 2000],
    [2000, 1000],
    [1999, 500],
    [500, 200],
    [201, 200],
    [200, null],
  ])("of %i cents is offered a reduction to: %s", async (amountMinor, smaller) => {
    await recurringGift("ra", { supporterId: "anna" });
    const gift = await findOwnRecurringGift(db, { id: "ra", supporterId: "anna" });
    if (!gift) throw new Error("not found");
    const offer = findSmallerAmountToOffer({ ...gift, money: { amountMinor, currency: "USD" } }, publication);
    expect(offer?.amountMinor ?? null).toBe(smaller);
  });
});

it.each([
  ["anna@example.org", "a…@example.org"],
  ["a@example.org", "a…@example.org"],
  ["@example.org", "…"],
  ["nothing", "…"],
  ["anna@xn--80a1acny.xn--p1ai", "a…@почта.рф"],
])("masks %s as %s", (email, masked) => {
  expect(maskEmail(email)).toBe(masked);
});

describe("a supporter with several addresses", () => {
  beforeEach(async () => {
    await supporter("anna");
    const newer = new Date(now.getTime() + 1000);
    const more = [{ ...address("hash of work"), since: newer }, address("hash of old", now)];
    for (const data of more) await db.supporterAddress.create({ data: { ...data, supporterId: "anna" } });
  });

  it.each(["hash of anna", "hash of work"])("is found by a current address: %s", async (emailHash) => {
    expect((await viewerOf(emailHash)).supporterId).toBe("anna");
  });

  it("is not found by an address that is no longer current", async () => {
    expect((await viewerOf("hash of old")).supporterId).toBeNull();
  });

  it("gets e-mails at the newest current address", async () => {
    expect(await getSealedEmail(db, "anna")).toBe("sealed hash of work");
  });
});

it.each([
  ["a supporter", { supporterId: "s_1", isStaff: false }, null, "/supporters"],
  ["an editor", { supporterId: null, isStaff: true }, null, "/newsroom"],
  ["an editor who gives", { supporterId: "s_1", isStaff: true }, null, "/newsroom"],
  [
    "an editor who gives and opened their own gifts",
    { supporterId: "s_1", isStaff: true },
    "/supporters",
    "/supporters",
  ],
  [
    "an editor who never gave, from the supporters' link",
    { supporterId: null, isStaff: true },
    "/supporters",
    "/newsroom",
  ],
  [
    "an editor who opened a letter",
    { supporterId: null, isStaff: true },
    "/supporters/letters/a",
    "/supporters/letters/a",
  ],
  ["a person who never gave", { supporterId: null, isStaff: false }, "/supporters", "/supporters"],
])("signing in leads %s to the right page", (_, who, next, landing) => {
  expect(landingPathOf({ emailHash: "h", locale: "en", ...who }, next)).toBe(landing);
});
