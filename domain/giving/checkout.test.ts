import { beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { DEFAULT_MANNERS } from "../appeal/manners";
import type { Db } from "../database";
import { findGiftProgress, THANK_YOU_SHOWS_AMOUNT_FOR_HOURS } from "../supporters/gift-progress";
import { type CheckoutSessionOpener, startGift } from "./checkout";
import type { Gift } from "./gift";
import { switchGiftToHostedCheckout } from "./payment-page";
import { recordClosedCheckout } from "./store";

const now = new Date("2026-11-20T12:00:00Z");
const gift: Gift = {
  money: { amountMinor: 1000, currency: "USD" },
  coveredFeeMinor: 0,
  frequency: "monthly",
  article: "a_1",
  appeal: "standard",
  variant: "a",
  placement: "banner",
  exposure: { experiment: "x_00000001", arm: "a", exposedOn: 20_777 },
  locale: "en",
};
let db: Db;
let calls: Parameters<CheckoutSessionOpener>[0][];

beforeEach(async () => {
  db = await openEmptyLedger();
  calls = [];
});

/** A fake of Stripe's Checkout that returns the same session for the same gift. */
const openCheckout: CheckoutSessionOpener = async (call) => {
  calls.push(call);
  await new Promise((done) => setImmediate(done));
  return { sessionId: `cs_${call.giftId}`, checkoutUrl: `https://pay.example/${call.giftId}` };
};
const start = (nonce: string, { at = now, open = openCheckout, what = gift } = {}) =>
  startGift(db, { gift: what, nonce, now: at, place: "hosted", openCheckout: open });

const secondsLater = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

test("the same form sent five times at once is one gift and one Checkout session", async () => {
  const started = await Promise.all(Array.from({ length: 5 }, () => start("nonce-1")));
  expect(new Set(started.map((s) => JSON.stringify(s))).size).toBe(1);
  expect(new Set(calls.map((call) => JSON.stringify(call))).size).toBe(1);
  expect(await db.gift.count()).toBe(1);
});

test("the gift is stored before Stripe is called", async () => {
  const seen: number[] = [];
  await start("nonce-1", {
    open: async (call) => {
      seen.push(await db.gift.count({ where: { id: call.giftId, status: "started" } }));
      return openCheckout(call);
    },
  });
  expect(seen).toEqual([1]);
});

test("a session that opens in the page after its gift has moved to Stripe's page does not replace the new session", async () => {
  const inPage = (opened: Promise<void>) =>
    startGift(db, {
      ...{ gift, nonce: "nonce-1", now, place: "embedded" as const },
      openCheckout: async ({ giftId }) => {
        await opened;
        return { sessionId: `cs_${giftId}`, checkoutSecret: "cs_secret_of_the_page" };
      },
    });
  let open = () => {};
  const slow = inPage(
    new Promise((resolve) => {
      open = resolve;
    }),
  );
  await inPage(Promise.resolve());
  const [{ id: giftId } = { id: "" }] = await db.gift.findMany();
  await switchGiftToHostedCheckout(db, {
    ...{
      giftId,
      now,
      waitBefore: async () => ({ kind: "none" as const }),
      closeCheckout: async () => "closed" as const,
    },
    openCheckout: async () => {
      open();
      await slow;
      return { sessionId: "cs_moved", checkoutUrl: "https://pay.example/moved" };
    },
  });
  expect(await db.gift.findMany()).toMatchObject([
    {
      checkoutPlace: "moved",
      checkoutSessionId: "cs_moved",
      checkoutSecret: null,
      checkoutUrl: "https://pay.example/moved",
    },
  ]);
});

test("another amount from the same form starts another gift", async () => {
  await start("nonce-1");
  await start("nonce-1", { what: { ...gift, money: { amountMinor: 2000, currency: "USD" } } });
  expect(await db.gift.count()).toBe(2);
});

test("after a failed call to Stripe, sending the form again repeats the call for the same gift", async () => {
  const down: CheckoutSessionOpener = async () => Promise.reject(new Error("no answer"));
  await expect(start("nonce-1", { open: down })).rejects.toThrow("no answer");
  await start("nonce-1", { at: secondsLater(10) });
  expect(await db.gift.count()).toBe(1);
  expect(calls[0]?.expiresAt).toEqual(new Date(now.getTime() + 90 * 60_000));
});

test("a form that got no session within 45 seconds starts a new gift, and one that got a session keeps it", async () => {
  const down: CheckoutSessionOpener = async () => Promise.reject(new Error("no answer"));
  await expect(start("nonce-1", { open: down })).rejects.toThrow("no answer");
  await expect(start("nonce-1", { open: down, at: secondsLater(45) })).rejects.toThrow("no answer");
  expect(await db.gift.count()).toBe(1);
  await start("nonce-1", { at: secondsLater(46) });
  expect(await db.gift.count()).toBe(2);
  await start("nonce-1", { at: secondsLater(3_600) });
  expect(await db.gift.count()).toBe(2);
});

test("sending the form again after its Checkout session has expired starts a new gift", async () => {
  await start("nonce-1");
  await start("nonce-1", { at: new Date(now.getTime() + 91 * 60_000) });
  expect(await db.gift.count()).toBe(2);
});

test("sending the form again after payment returns the completed gift and opens no second session", async () => {
  await start("nonce-1");
  const { id } = await db.gift.findFirstOrThrow();
  await db.$transaction((tx) => recordClosedCheckout(tx, { giftId: id, sessionId: `cs_${id}`, outcome: "completed" }));
  await db.$transaction((tx) => recordClosedCheckout(tx, { giftId: id, sessionId: `cs_${id}`, outcome: "expired" }));
  expect(await start("nonce-1")).toEqual({ kind: "already-paid", sessionId: `cs_${id}` });
  const question = { checkoutSessionId: `cs_${id}`, formNonces: [], now };
  expect(await findGiftProgress(db, question)).toMatchObject({ kind: "on-its-way", formNonce: null });
});

test("the progress of an unknown session is unknown", async () => {
  const question = { checkoutSessionId: "cs_unknown", formNonces: ["nonce-1"], now };
  expect(await findGiftProgress(db, question)).toEqual({ kind: "unknown", formNonce: null, coveredFee: null });
});

test("for a day, the form's nonce identifies the device that sent it", async () => {
  await start("nonce-1");
  const { id } = await db.gift.findFirstOrThrow();
  const nonceFor = async (formNonces: string[], hours = 0) => {
    const question = { checkoutSessionId: `cs_${id}`, formNonces, now: new Date(now.getTime() + hours * 3_600_000) };
    return (await findGiftProgress(db, question)).formNonce;
  };
  expect(await nonceFor(["nonce-0", "nonce-1"])).toBe("nonce-1");
  expect(await nonceFor([])).toBeNull();
  expect(await nonceFor(["nonce-2", "", "nonce"])).toBeNull();
  expect(await nonceFor(["nonce-1"], 23.9)).toBe("nonce-1");
  expect(await nonceFor(["nonce-1"], 24)).toBeNull();
  expect(THANK_YOU_SHOWS_AMOUNT_FOR_HOURS).toBe(DEFAULT_MANNERS.daysOfSentForms * 24);
});
