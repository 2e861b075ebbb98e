import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { findThankYouDetails } from "./thank-you-details";

let db: Db;
beforeAll(async () => {
  db = await openEmptyLedger();
});
afterAll(() => db.$disconnect());

const now = new Date("2026-11-20T12:00:00Z");
const next = new Date("2026-12-20T12:00:00Z");
const money = { amountMinor: 1000n, currency: "USD", frequency: "monthly" };

async function begin(id: string, gift: { article?: string; chargesNextAt?: Date | null }): Promise<string> {
  const { article = null, chargesNextAt } = gift;
  const checkoutSessionId = `cs_test_${id}`;
  const form = { formKey: id, article, appeal: "first", variant: "a", placement: "give", locale: "en" };
  await db.gift.create({ data: { id, ...money, ...form, checkoutSessionId, createdAt: now, expiresAt: now } });
  if (chargesNextAt !== undefined)
    await db.recurringGift.create({
      data: { id, ...money, subscriptionId: `sub_${id}`, status: "active", giftId: id, chargesNextAt, recordedAt: now },
    });
  return checkoutSessionId;
}

const appealOfGift = { placement: "give", article: "", appeal: "first", variant: "a" };

test.each([
  [
    "that is single and came from an article",
    { article: "a_9f3k2m1x" },
    { articleId: "a_9f3k2m1x", chargesNextAt: null, appealOfGift: { ...appealOfGift, article: "a_9f3k2m1x" } },
  ],
  ["without an article", {}, { articleId: null, chargesNextAt: null, appealOfGift }],
  ["that is recurring", { chargesNextAt: next }, { articleId: null, chargesNextAt: next, appealOfGift }],
  [
    "that ends before it is charged again",
    { chargesNextAt: null },
    { articleId: null, chargesNextAt: null, appealOfGift },
  ],
])("finds the article, the next payment and the appeal of a gift %s", async (name, gift, expected) => {
  expect(await findThankYouDetails(db, await begin(name, gift))).toEqual(expected);
});

test("an unknown session returns nothing", async () => {
  expect(await findThankYouDetails(db, "cs_test_unknown")).toEqual({
    articleId: null,
    chargesNextAt: null,
    appealOfGift: null,
  });
});
