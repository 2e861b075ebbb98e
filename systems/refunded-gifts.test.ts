import { renderToStaticMarkup } from "react-dom/server";
import { oneTimeGiftParams, submitCheckoutForm } from "stripe-sandbox/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ThanksView } from "../components/thanks/thanks-view";
import { listLatestPayments } from "../domain/newsroom/latest";
import { mayReadLetters } from "../domain/supporters/letters";
import { findOwnReceipt, listOwnPayments, sumKeptAmountsByCurrency } from "../domain/supporters/own-gifts";
import { getServerSideProps } from "../pages/thank-you";
import { createFreshLedger } from "../prisma/fresh-ledger";
import { type Db, openDatabase } from "./database";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { setRuntimeDatabase } from "./testing/runtime";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const DISPUTED = "4000 0000 0000 0259";
const GOOD = "4242 4242 4242 4242";
const formKeyOf = (name: string) => `the-form-of-${name}-gift`;
let fixture: StandIn;
let db: Db;

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
  db = await openDatabase(await createFreshLedger());
  setRuntimeDatabase(db);
  await give("refunded", GOOD, (intent) => fixture.stripe.refunds.create({ payment_intent: intent }));
  await give("in-part", GOOD, (intent) => fixture.stripe.refunds.create({ payment_intent: intent, amount: 3_000 }));
  await give("lost", DISPUTED, (intent) => judge(intent, "losing_evidence"));
  await give("won", DISPUTED, (intent) => judge(intent, "winning_evidence"));
  await give("kept", GOOD, async () => {});
  await recordEventsInOrder(db, (await fixture.stripe.events.list({ limit: 100 })).data.toReversed());
});
afterAll(async () => {
  await db.$disconnect();
  await fixture.close();
});

/** Makes a gift of $100, and calls `then`, which refunds or disputes it. */
async function give(name: string, cardNumber: string, then: (intent: string) => Promise<unknown>): Promise<void> {
  const metadata: Record<string, string> = { ...makeTestGiftMetadata(name), article: "" };
  const params = { ...oneTimeGiftParams(10_000), payment_intent_data: { metadata }, metadata };
  const session = await fixture.stripe.checkout.sessions.create(params);
  const row = {
    id: metadata.gift ?? "",
    formKey: formKeyOf(name),
    amountMinor: 10_000n,
    currency: "USD",
    frequency: "once",
  };
  const form = { appeal: "standard", variant: "a", placement: "give", locale: "en", createdAt: new Date() };
  await db.gift.create({ data: { ...row, ...form, expiresAt: new Date(), checkoutSessionId: session.id } });
  await submitCheckoutForm(session, { cardNumber, email: `${name}@example.org` });
  await then(String((await fixture.stripe.checkout.sessions.retrieve(session.id)).payment_intent));
}

async function judge(intent: string, uncategorized_text: string): Promise<void> {
  const [dispute] = (await fixture.stripe.disputes.list({ payment_intent: intent })).data;
  await fixture.stripe.disputes.update(dispute?.id ?? "", { evidence: { uncategorized_text }, submit: true });
}

type Said = {
  standing: string;
  kept: number;
  given: number[];
  letters: boolean;
  receipt: string[];
  thankYou: string;
  mails: string[];
};
const nonZero = (sum: number) => (sum > 0 ? [sum] : []);
const SAID: Record<string, Said> = {
  refunded: {
    ...{ standing: "returned", kept: 0, given: nonZero(0), letters: false, receipt: ["refunded -10000"] },
    ...{ thankYou: "The gift of $100 was refunded.", mails: ["refunded", "thanks"] },
  },
  "in-part": {
    ...{ standing: "partly-returned", kept: 7_000, given: nonZero(7_000), letters: true, receipt: ["refunded -3000"] },
    ...{ thankYou: "Part of it has been returned since, and $70 is kept.", mails: ["refunded", "thanks"] },
  },
  lost: {
    ...{ standing: "held-by-bank", kept: 0, given: nonZero(0), letters: false, receipt: ["taken-by-bank -10000"] },
    ...{ thankYou: "arrived, and the bank has taken it back.", mails: ["thanks"] },
  },
  won: {
    ...{ standing: "kept", kept: 10_000, given: nonZero(10_000), letters: true },
    ...{ receipt: ["taken-by-bank -10000", "given-back-by-bank 10000"] },
    ...{ thankYou: "Your gift of $100 has arrived. A receipt is on its way", mails: ["thanks"] },
  },
  kept: {
    ...{ standing: "kept", kept: 10_000, given: nonZero(10_000), letters: true, receipt: [] },
    ...{ thankYou: "Your gift of $100 has arrived. A receipt is on its way", mails: ["thanks"] },
  },
};

describe.each(Object.entries(SAID))("a gift that was %s", (name, said) => {
  const own = async () => {
    const payment = await db.payment.findFirstOrThrow({ where: { giftId: makeTestGiftMetadata(name).gift } });
    const { id: paymentId, supporterId } = payment;
    return { paymentId, supporterId: supporterId ?? "" };
  };

  test("counts in the supporter's list and total", async () => {
    const gifts = await listOwnPayments(db, (await own()).supporterId);
    expect(gifts).toMatchObject([{ standing: said.standing, kept: { amountMinor: said.kept } }]);
    expect(sumKeptAmountsByCurrency(gifts).map(({ amountMinor }) => amountMinor)).toEqual(said.given);
  });

  test("has a receipt that adds up", async () => {
    const receipt = await findOwnReceipt(db, await own());
    const lines = receipt?.amendments.map(({ kind, money }) => `${kind} ${money.amountMinor}`) ?? ["none"];
    expect(lines).toEqual(said.receipt);
    const moved = receipt?.amendments.reduce((sum, { money }) => sum + money.amountMinor, 0) ?? 0;
    expect((receipt?.money.amountMinor ?? 0) + moved).toBe(said.kept);
  });

  test("does not show its receipt to anyone else", async () => {
    expect(await findOwnReceipt(db, { ...(await own()), supporterId: "another" })).toBeNull();
  });

  test("opens the letters only if money of it is kept", async () => {
    const viewer = { emailHash: "", isStaff: false, locale: "en", supporterId: (await own()).supporterId };
    expect(await mayReadLetters(db, viewer, new Date())).toBe(said.letters);
  });

  test("is described correctly on the thank-you page", async () => {
    const { checkoutSessionId } = await db.gift.findUniqueOrThrow({ where: { id: makeTestGiftMetadata(name).gift } });
    const req = { headers: { "x-mark": formKeyOf(name) } };
    const answer = await getServerSideProps({ query: { session: checkoutSessionId ?? "" }, req } as never);
    if (!("props" in answer)) throw new Error("the page was not rendered");
    const html = renderToStaticMarkup(ThanksView(await answer.props));
    expect(html).toContain(said.thankYou);
    expect(html.includes("has arrived")).toBe(said.kept > 0);
  });

  test("counts in the newsroom with the amount that is kept", async () => {
    const { paymentId } = await own();
    const latest = (await listLatestPayments(db, { limit: 10 })).find(({ id }) => id === paymentId);
    expect(latest).toMatchObject({
      standing: said.standing,
      kept: { amountMinor: said.kept },
      money: { amountMinor: 10_000 },
    });
  });

  test("queues the right e-mail", async () => {
    const { paymentId } = await own();
    const mails = await db.outboxMail.findMany({
      where: { values: { contains: paymentId } },
      orderBy: { kind: "asc" },
    });
    expect(mails.map(({ kind }) => kind)).toEqual(said.mails);
  });
});
