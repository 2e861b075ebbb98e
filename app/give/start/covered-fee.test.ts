import { afterAll, beforeAll, expect, test } from "vitest";
import { readGiftFormWithDefaults } from "../../../domain/giving/gift-form";
import { testPublication as publication } from "../../../domain/testing/test-publication";
import { checkBooks } from "../../../systems/books-check";
import { currentTime } from "../../../systems/clock";
import type { Db } from "../../../systems/database";
import { identityCrypto } from "../../../systems/identity";
import { readQueuedMail } from "../../../systems/mail/read-mail";
import { renderMail } from "../../../systems/mail/render";
import {
  type GiftStartFixture,
  newAgedFormToken,
  openGiveStartRouteFixture,
  queryOf,
} from "../../../systems/testing/gift-start-fixture";
import { POST } from "./route";

let gifts: GiftStartFixture;

beforeAll(async () => {
  gifts = await openGiveStartRouteFixture(POST);
});
afterAll(() => gifts.close());

async function differencesOf(db: Db): Promise<string[]> {
  const { id: checkId } = await checkBooks(db, { mode: "check", graceMs: 0 });
  const differences = await db.booksDifference.findMany({ where: { checkId } });
  return differences.map(({ place, ours, theirs }) => `${place} ${ours} ${theirs}`);
}

test.each([
  ["once", "USD", "15", 1_576, 76, "$15.00, and $0.76 to cover the card fee."],
  ["month", "USD", "10", 1_061, 61, "$10.00, and $0.61 to cover the card fee."],
  ["year", "EUR", "99.99", 10_177, 178, "€99.99, and €1.78 to cover the card fee."],
  ["once", "JPY", "2000", 2_075, 75, "¥2,000, and ¥75 to cover the card fee."],
  ["once", "KWD", "5", 5_250, 250, "KWD\u00a05.000, and KWD\u00a00.250 to cover the card fee."],
])(
  "a gift %s of %s %s is charged together with its fee as one amount, and Checkout shows both parts",
  async (every, currency, custom, whole, part, words) => {
    const preset = `preset-${currency.toLowerCase()}-${every}`;
    const fields = { every, currency, [preset]: "custom", custom, cover: "fee" };
    const session = await gifts.give(fields);
    expect(session.amount_total).toBe(whole);
    expect(session.line_items?.data.map(({ amount_total }) => amount_total)).toEqual([whole]);
    expect(session.custom_text.submit?.message).toBe(words);
    expect(session.metadata?.covered_fee).toBe(`${part} of ${whole}`);
    const back = readGiftFormWithDefaults(Object.fromEntries(queryOf(session.cancel_url ?? "")), publication);
    expect(back).toMatchObject({ coversFee: true, currency });
    expect(Number(back.amount)).toBe(Number(custom));
  },
);

test("single and recurring payments record the covered fee, also in a ledger rebuilt from Stripe", async () => {
  await gifts.recordInBoth();
  for (const ledger of [gifts.db, gifts.rebuilt]) {
    const payments = await ledger.payment.findMany({ orderBy: { coveredFeeMinor: "asc" } });
    expect(payments.map(({ amountMinor, coveredFeeMinor }) => [amountMinor, coveredFeeMinor].map(Number))).toEqual([
      ...[
        [1_061, 61],
        [2_075, 75],
        [1_576, 76],
        [10_177, 178],
        [5_250, 250],
      ],
    ]);
    const totals = await ledger.total.findMany({ where: { period: "ever", by: "frequency", settledCurrency: "" } });
    const dollars = totals.filter(({ currency }) => currency === "USD");
    expect(dollars.reduce((sum, { coveredFeeMinor }) => sum + coveredFeeMinor, 0n)).toBe(137n);
  }
  expect(await differencesOf(gifts.rebuilt)).toEqual([]);
});

test("the e-mail that thanks for a gift states the covered fee", async () => {
  const mails = await gifts.db.outboxMail.findMany({ where: { kind: "thanks" } });
  const setting = { locale: "en", publication, siteUrl: "", links: { wrongAddress: null, gift: null } };
  const texts = mails.map(
    (mail) => renderMail(readQueuedMail(mail, { identity: identityCrypto(), now: currentTime() }), setting).text,
  );
  const fees = texts.map((text) => /Card fee that you covered +(.+)/.exec(text)?.[1]);
  expect(fees.toSorted()).toEqual(["$0.61", "$0.76", "KWD\u00a00.250", "¥75", "€1.78"]);
});

test("the books check finds a covered fee that differs from the one in Stripe's metadata", async () => {
  const { id, coveredFeeMinor } = await gifts.db.payment.findFirstOrThrow({ where: { coveredFeeMinor: 76 } });
  await gifts.db.payment.update({ where: { id }, data: { coveredFeeMinor: 75 } });
  expect(await differencesOf(gifts.db)).toContain("payment.coveredFeeMinor 75 76");
  await gifts.db.payment.update({ where: { id }, data: { coveredFeeMinor } });
});

test("an unchecked box adds nothing, and the same form sent with and without it makes two gifts", async () => {
  const fields = { every: "once", currency: "USD", "preset-usd-once": "15" };
  const token = newAgedFormToken();
  const [plain, covering] = [await gifts.send(fields, token), await gifts.send({ ...fields, cover: "fee" }, token)];
  expect(covering).not.toBe(plain);
  expect(await gifts.send({ ...fields, cover: "fee" }, token)).toBe(covering);
  const session = await gifts.checkoutOf(fields);
  expect(session).toMatchObject({ amount_total: 1_500, custom_text: { submit: null } });
  expect(session.metadata).not.toHaveProperty("covered_fee");
  // $15.76 without a covered fee is another gift than $15 with its fee, although both have the same total.
  const whole = { every: "once", currency: "USD", "preset-usd-once": "custom", custom: "15.76" };
  expect(await gifts.send(whole, token)).not.toBe(covering);
  // The publication states no card fee for pounds, so the form has no checkbox and `cover` has no effect.
  const pounds = { every: "once", currency: "GBP", "preset-gbp-once": "25", cover: "fee" };
  expect((await gifts.checkoutOf(pounds)).amount_total).toBe(2_500);
});

test("a refused form comes back with its checkbox still checked", async () => {
  const refused = await gifts.send({
    every: "once",
    currency: "USD",
    "preset-usd-once": "custom",
    custom: "1",
    cover: "fee",
  });
  expect(queryOf(refused).get("cover")).toBe("fee");
});
