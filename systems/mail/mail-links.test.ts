import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { listMailExamples } from "../testing/mail-examples";
import { testEnvironmentFor } from "../testing/stripes-books";
import { signMailLinks } from "./mail-links";

const now = new Date("2026-11-27T12:00:00Z");
const money = { amountMinor: 2_050n, currency: "EUR" };
let db: Db;

beforeAll(async () => {
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));
  db = await openEmptyLedger();
  const gift = { id: "gift_1", subscriptionId: "sub_1", ...money, frequency: "monthly", status: "active" };
  await db.recurringGift.create({ data: { ...gift, recordedAt: now } });
  const payment = { id: "7Q2H-2VTR-4KMB-8", ...money, status: "succeeded", paidAt: now, recordedAt: now };
  await db.payment.create({ data: { ...payment, frequency: "monthly" } });
});
afterAll(() => db.$disconnect());

test.each(listMailExamples())(
  "the e-mail $name has the links that its example shows",
  async ({ mail, giftStatus, links }) => {
    await db.recurringGift.update({ where: { id: "gift_1" }, data: { status: giftStatus } });
    const isOnce = "frequency" in mail.values && mail.values.frequency === "once";
    await db.payment.updateMany({ data: { recurringGiftId: isOnce ? null : "gift_1" } });
    const found = await signMailLinks(db, { mail, emailHash: "h".repeat(43), now });
    const names = ({ gift, wrongAddress }: Partial<typeof links>) => ({
      gift: Boolean(gift),
      wrongAddress: Boolean(wrongAddress),
    });
    expect(names(found.links)).toEqual(names(links));
  },
);

const ABOUT_A_GIFT = [
  ...[
    "thanks-monthly",
    "receipt-part",
    "refunded-part",
    "refund-failed-part",
    "debit-pending-monthly",
    "debit-bounced-monthly",
  ],
  ...["changed-amount", "changed-card", "changed-paused", "changed-cancelled", "resumes-resumes", "gift-link-link"],
  ...["renewal-failed-retried", "renewal-upcoming-yearly", "card-expires-card", "payment-link-pay"],
];

test.each(ABOUT_A_GIFT)(
  "the e-mail %s carries the link that pauses or ends its gift without signing in",
  async (name) => {
    await db.recurringGift.update({ where: { id: "gift_1" }, data: { status: "active" } });
    await db.payment.updateMany({ data: { recurringGiftId: "gift_1" } });
    const { mail } = listMailExamples().find((example) => example.name === name) ?? {};
    if (!mail) throw new Error(`no mail example is named ${name}`);
    expect((await signMailLinks(db, { mail, emailHash: "h".repeat(43), now })).links.gift).toContain("/your-gift/");
  },
);
