import { beforeEach, expect, it } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { createFreshLedger } from "../../prisma/fresh-ledger";
import { type Db, openDatabase } from "../../systems/database";
import {
  consumeSignInLink,
  findExpiredSignInLink,
  findSignInRecipientOfCheckout,
  findValidSignInLink,
  queueSignInLink,
} from "./sign-in";

const now = new Date("2026-11-23T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60 * 1000);
const address = { emailHash: "hash of anna", emailSealed: "sealed anna" };
const addressee = { ...address, locale: "en" };
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});

function queue(tokenHash: string, at = now) {
  return queueSignInLink(db, { addressee, tokenHash, tokenSealed: "sealed token", next: "/supporters", now: at });
}

it("queueing a link stores the hash of its token and queues its e-mail", async () => {
  await queue("t1");
  const [mail] = await db.outboxMail.findMany();
  expect(mail).toMatchObject({ kind: "sign-in", toSealed: "sealed anna", personHash: "hash of anna", locale: "en" });
  expect(JSON.parse(mail?.values ?? "")).toEqual({ tokenSealed: "sealed token", next: "/supporters" });
  expect(await db.signInToken.count()).toBe(1);
});

it("a link can be used once", async () => {
  await queue("t1");
  expect(await consumeSignInLink(db, { tokenHash: "t1", now })).toMatchObject({ emailHash: "hash of anna" });
  expect(await consumeSignInLink(db, { tokenHash: "t1", now })).toBeNull();
});

it("if twenty requests use a link at once on two connections, only one signs in", async () => {
  const url = await createFreshLedger();
  const both = await Promise.all([openDatabase(url), openDatabase(url)]);
  await queueSignInLink(both[0], { addressee, tokenHash: "t1", tokenSealed: "", next: "/", now });
  const tries = Array.from({ length: 20 }, (_, i) => consumeSignInLink(both[i % 2] as Db, { tokenHash: "t1", now }));
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
});

it("a link works for exactly fifteen minutes", async () => {
  await queue("t1");
  await queue("t2");
  expect(await consumeSignInLink(db, { tokenHash: "t1", now: new Date(later(15).getTime() - 1) })).not.toBeNull();
  expect(await consumeSignInLink(db, { tokenHash: "t2", now: later(15) })).toBeNull();
});

it("finding a valid link returns its e-mail address and does not use it up", async () => {
  await queue("t1");
  for (let i = 0; i < 3; i++)
    expect(await findValidSignInLink(db, { tokenHash: "t1", now })).toEqual({ emailSealed: "sealed anna" });
  expect(await findValidSignInLink(db, { tokenHash: "t1", now: later(15) })).toBeNull();
  expect(await findValidSignInLink(db, { tokenHash: "unknown", now })).toBeNull();
  expect(await consumeSignInLink(db, { tokenHash: "t1", now })).not.toBeNull();
});

it("queueing a link deletes links that expired a day ago", async () => {
  await queue("old");
  await queue("older", later(-1));
  await queue("new", later(15 + 24 * 60 - 1));
  expect((await db.signInToken.findMany()).map((row) => row.tokenHash).sort()).toEqual(["new", "old"]);
});

it("an unused link can be exchanged for a new one until a day after it expired", async () => {
  await queue("t1");
  await queue("t2");
  expect(await findExpiredSignInLink(db, { tokenHash: "t1", now: later(14) })).toBeNull();
  expect(await consumeSignInLink(db, { tokenHash: "t2", now })).not.toBeNull();
  // An expired link is not deleted by the attempt to use it, so it can still be exchanged for a new one.
  expect(await consumeSignInLink(db, { tokenHash: "t1", now: later(15) })).toBeNull();
  expect(await findExpiredSignInLink(db, { tokenHash: "t1", now: later(15) })).toMatchObject({
    emailHash: "hash of anna",
  });
  expect(await findExpiredSignInLink(db, { tokenHash: "t2", now: later(15) })).toBeNull();
  expect(await findExpiredSignInLink(db, { tokenHash: "t1", now: later(15 + 24 * 60) })).toBeNull();
});

it("finds the supporter of a Checkout session once Stripe has reported one, if the gift began on this device within a day", async () => {
  const formNonce = "the-number-of-the-form";
  const gift = {
    id: "g1",
    formKey: `${formNonce}:1000:USD:once`,
    amountMinor: 1000n,
    currency: "USD",
    frequency: "once",
    appeal: "none",
    variant: "none",
    placement: "give",
    locale: "en",
    checkoutSessionId: "cs_test_1",
    createdAt: now,
    expiresAt: later(30),
  };
  await db.gift.create({ data: gift });
  const question = { checkoutSessionId: "cs_test_1", formNonce, now };
  expect(await findSignInRecipientOfCheckout(db, question)).toBeNull();
  expect(await findSignInRecipientOfCheckout(db, { ...question, checkoutSessionId: "cs_test_unknown" })).toBeNull();
  await db.payment.create({
    data: {
      id: "P1",
      status: "succeeded",
      amountMinor: 1000n,
      currency: "USD",
      frequency: "once",
      paidAt: now,
      recordedAt: now,
      gift: { connect: { id: "g1" } },
      supporter: {
        create: { id: "s1", locale: "en", createdAt: now, addresses: { create: { ...address, since: now } } },
      },
    },
  });
  expect(await findSignInRecipientOfCheckout(db, question)).toEqual(addressee);
  expect(await findSignInRecipientOfCheckout(db, { ...question, formNonce: "the-number-of-another" })).toBeNull();
  expect(await findSignInRecipientOfCheckout(db, { ...question, now: later(24 * 60) })).toBeNull();
});

it("signing in allows e-mails again only to its own address", async () => {
  await db.mailStop.createMany({
    data: [address.emailHash, "hash_of_another"].map((emailHash) => ({ emailHash, stoppedAt: now })),
  });
  await queue("token_1");
  await findValidSignInLink(db, { tokenHash: "token_1", now });
  expect(await db.mailStop.count()).toBe(2);
  await consumeSignInLink(db, { tokenHash: "token_1", now });
  expect(await db.mailStop.findMany({ select: { emailHash: true } })).toEqual([{ emailHash: "hash_of_another" }]);
});
