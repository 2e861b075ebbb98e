import { postControlAction } from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { listBooksDifferences } from "@/domain/ledger/check/store/progress";
import { findOwnReceipt } from "@/domain/supporters/own-gifts";
import type { Payment } from "@/generated/sqlite/client";
import { checkBooks } from "@/systems/books-check";
import { currentTime } from "@/systems/clock";
import { log } from "@/systems/log";
import { continueRefunds } from "@/systems/people/refunds";
import { openStaffFixture, type StaffFixture, submittedInputsOf } from "@/systems/testing/staff-fixture";
import QueuePage from "../queue/page";
import { POST as confirmSecond } from "../refunds/[requestId]/confirm/route";
import { POST as decline } from "../refunds/[requestId]/decline/route";
import SecondPage from "../refunds/[requestId]/page";
import PaymentPage from "./[paymentId]/page";
import { POST as confirm } from "./[paymentId]/refund/confirm/route";
import RefundPage from "./[paymentId]/refund/page";

let staff: StaffFixture;
beforeAll(async () => {
  staff = await openStaffFixture();
});
afterAll(() => staff.close());
beforeEach(() => staff.reset());

type Colleague = Awaited<ReturnType<StaffFixture["colleague"]>>;
const WHY = { why: "asked", words: "" };

type Fields = Record<string, string>;

async function formFor(who: Colleague, payment: Payment, amount: string, more: Fields = {}): Promise<Fields> {
  const html = await who.html(RefundPage, { paymentId: payment.id }, { amount, ...more });
  return { ...submittedInputsOf(html, `/newsroom/payments/${payment.id}/refund/confirm`), ...WHY };
}

async function refund(who: Colleague, payment: Payment, amount: string, more: Record<string, string> = {}) {
  return who.press(confirm, { paymentId: payment.id }, await formFor(who, payment, amount, more));
}

const page = (who: Colleague, payment: Payment) => who.text(PaymentPage, { paymentId: payment.id });
const keptOf = async ({ id }: Payment) => {
  const row = await staff.db().payment.findUniqueOrThrow({ where: { id } });
  return Number(row.amountMinor - row.refundedMinor - row.disputedMinor);
};

async function expectEqualBooks(): Promise<void> {
  await staff.recordNewEvents();
  const { id } = await checkBooks(staff.db(), { mode: "check", graceMs: 0 });
  expect(await listBooksDifferences(staff.db(), id)).toEqual([]);
}

test("a partial refund is made after a preview, and the supporter gets an e-mail", async () => {
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const preview = await care.text(RefundPage, { paymentId: payment.id }, { amount: "7.50" });
  expect(preview).toContain("Refund $7.50?");
  expect(preview).toContain("Of $20.00, $12.50 stays kept.");
  expect(await staff.refundsAtStripe(payment)).toEqual([]);
  await refund(care, payment, "7.50");
  expect(await page(care, payment)).toContain("Stripe has made the refund of $7.50");
  expect(await staff.refundsAtStripe(payment)).toEqual([750]);
  expect(await keptOf(payment)).toBe(1_250);
  expect(await staff.acts()).toEqual(["refund-asked colleague-care", "payment-refunded colleague-care"]);
  const own = await findOwnReceipt(staff.db(), { paymentId: payment.id, supporterId: payment.supporterId ?? "" });
  expect(own).toMatchObject({ standing: "partly-returned", kept: { amountMinor: 1_250 } });
  expect(await staff.db().outboxMail.count({ where: { kind: "refunded" } })).toBe(1);
  await expectEqualBooks();
});

test("simultaneous presses, the back button and the same form an hour later return the money once", async () => {
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const form = await formFor(care, payment, "10");
  const press = () => care.press(confirm, { paymentId: payment.id }, form);
  await Promise.all([press(), press(), press()]);
  await press();
  staff.wait(60 * 60 * 1000);
  await press();
  expect(await page(care, payment)).toContain("Stripe has made the refund of $10.00");
  expect(await staff.refundsAtStripe(payment)).toEqual([1_000]);
  await expectEqualBooks();
});

test("if two colleagues refund at the same time, one refund is made, and the other colleague stays on the form", async () => {
  const payment = await staff.give();
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  const forms = [await formFor(anna, payment, "10"), await formFor(boris, payment, "10")] as const;
  const answers = await Promise.all([
    anna.press(confirm, { paymentId: payment.id }, forms[0]),
    boris.press(confirm, { paymentId: payment.id }, forms[1]),
  ]);
  expect(await staff.refundsAtStripe(payment)).toEqual([1_000]);
  const pages = answers.map(({ location }) => location).sort();
  expect(pages).toEqual([`/newsroom/payments/${payment.id}`, `/newsroom/payments/${payment.id}/refund`]);
  await expectEqualBooks();
});

test("a tab that shows an older amount returns nothing", async () => {
  const payment = await staff.give();
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  const stale = await formFor(boris, payment, "5");
  await refund(anna, payment, "5");
  await boris.press(confirm, { paymentId: payment.id }, stale);
  expect(await boris.text(RefundPage, { paymentId: payment.id })).toContain("The payment had changed meanwhile");
  expect(await staff.refundsAtStripe(payment)).toEqual([500]);
});

test("an amount that cannot be returned is refused with an error next to its field, and stays in it", async () => {
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const words = {
    "21": "Only $20.00 is kept at this moment.",
    "0": "Type more than zero.",
    "-5": "Type the amount without a minus.",
    "1,000": "It is not clear what the separator means.",
    "12.3456": "USD does not have so many decimals.",
    abc: "Type an amount such as 12.50.",
  };
  for (const [amount, refusal] of Object.entries(words)) {
    const html = await care.html(RefundPage, { paymentId: payment.id }, { amount });
    expect(html).toContain(refusal);
    expect(html).toContain(`value="${amount}"`);
  }
});

test("a refund needs a reason, and its free text must not contain an e-mail address", async () => {
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const form = await formFor(care, payment, "5");
  await care.press(confirm, { paymentId: payment.id }, { ...form, why: "" });
  expect(await care.text(RefundPage, { paymentId: payment.id }, { amount: "5" })).toContain("Choose a reason.");
  const words = "wrote from anna@example.org";
  await care.press(confirm, { paymentId: payment.id }, { ...form, why: "other", words });
  const again = await care.html(RefundPage, { paymentId: payment.id }, { amount: "5" });
  expect(again).toContain("it must name nobody");
  expect(again).toContain(words);
  expect(await staff.refundsAtStripe(payment)).toEqual([]);
  expect(await staff.acts()).toEqual([]);
});

test.each([
  ["kwd", 5_000, "1.5", 1_500],
  ["jpy", 1_500, "700", 700],
])("in %s the amount is parsed with the currency's decimals", async (currency, amount, typed, minor) => {
  const payment = await staff.give({ currency, amount });
  await refund(await staff.colleague("care"), payment, typed);
  expect(await staff.refundsAtStripe(payment)).toEqual([minor]);
  await expectEqualBooks();
});

test("money that a bank holds cannot be refunded", async () => {
  const payment = await staff.give({ card: "4000 0000 0000 0259" });
  const care = await staff.colleague("care");
  expect(await page(care, payment)).toContain("nothing of this payment is kept");
  const form = { amount: "20", ends: "", shown: "2000", request: crypto.randomUUID(), ...WHY };
  await care.press(confirm, { paymentId: payment.id }, form);
  expect(await staff.refundsAtStripe(payment)).toEqual([]);
});

test("if Stripe knows of a dispute before we do, it refuses the refund and nothing is lost", async () => {
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const form = await formFor(care, payment, "20");
  await postControlAction(staff.bench.url, "dispute", { key: "sk_test_bench", charge: payment.chargeId });
  await care.press(confirm, { paymentId: payment.id }, form);
  expect(await page(care, payment)).toContain("Stripe’s reason: the payment is disputed.");
  expect(await staff.acts()).toEqual(["refund-asked colleague-care", "refund-refused colleague-care"]);
  await expectEqualBooks();
});

test.each([
  ["before the refund was made", { does: "refuse", when: "before", times: 2 }, 0],
  ["after the refund was made", { does: "refuse", when: "after", times: 2 }, 0],
  // Stripe repeats a 500 for every later call that has the same idempotency key. So the job's next
  // attempt needs a new key.
  ["with a 500", { does: "error", status: 500, times: 2 }, 1],
])("if Stripe's answer was lost %s, the job makes the refund once", async (_, rule, attempt) => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  vi.spyOn(log, "warn").mockImplementation(() => {});
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const form = await formFor(care, payment, "20");
  await staff.fault({ ...rule, method: "POST", path: "/v1/refunds" });
  await care.press(confirm, { paymentId: payment.id }, form);
  expect(await page(care, payment)).toContain("Stripe has not answered yet");
  expect(await page(care, payment)).toContain("A refund of this payment is under way.");
  await staff.endFaults();
  await continueRefunds(staff.db(), currentTime());
  expect(await staff.db().staffRequest.findFirst()).toMatchObject({ status: "asking" });
  for (let round = 0; round < 4; round++) {
    staff.wait(60_000);
    await continueRefunds(staff.db(), currentTime());
  }
  expect(await staff.refundsAtStripe(payment)).toEqual([2_000]);
  const [made] = (await staff.stripe.events.list({ type: "charge.refunded" })).data;
  expect(made?.request?.idempotency_key).toBe(`staff:refund:${form.request}:${attempt}`);
  expect(await staff.db().staffRequest.findFirst()).toMatchObject({ status: "done", openAbout: null });
  expect(await staff.acts()).toEqual(["refund-asked colleague-care", "payment-refunded site"]);
  await expectEqualBooks();
});

test("a refund whose answer was lost counts as done once the webhook reports it, and is not made again a day later", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const form = await formFor(care, payment, "20");
  await staff.fault({ does: "refuse", when: "after", method: "POST", path: "/v1/refunds", times: 2 });
  await care.press(confirm, { paymentId: payment.id }, form);
  await staff.endFaults();
  // After 25 hours Stripe has forgotten the idempotency key, which it keeps for a day.
  await staff.pass(25 * 60 * 60);
  expect(await keptOf(payment)).toBe(0);
  await continueRefunds(staff.db(), currentTime());
  expect(await staff.db().staffRequest.findFirst()).toMatchObject({ status: "done" });
  expect(await staff.refundsAtStripe(payment)).toEqual([2_000]);
  await expectEqualBooks();
});

test("an unanswered refund is not retried after a bank has taken the money", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const form = await formFor(care, payment, "20");
  await staff.fault({ does: "refuse", method: "POST", path: "/v1/refunds", times: 2 });
  await care.press(confirm, { paymentId: payment.id }, form);
  await staff.endFaults();
  await postControlAction(staff.bench.url, "dispute", { key: "sk_test_bench", charge: payment.chargeId });
  await staff.recordNewEvents();
  staff.wait(60_000);
  await continueRefunds(staff.db(), currentTime());
  expect(await staff.db().staffRequest.findFirst()).toMatchObject({ status: "refused", code: "no_longer_kept" });
  expect(await staff.refundsAtStripe(payment)).toEqual([]);
  await expectEqualBooks();
});

test("a refund may end the recurring gift, which is then not charged again", async () => {
  const { gift, payment } = await staff.giveMonthly();
  const care = await staff.colleague("care");
  const preview = await care.text(RefundPage, { paymentId: payment.id }, { amount: "10", ends: "yes" });
  expect(preview).toContain("The recurring gift ends on");
  await refund(care, payment, "10", { ends: "yes" });
  expect(await page(care, payment)).toContain("Stripe has made the refund");
  const { cancel_at_period_end } = await staff.stripe.subscriptions.retrieve(gift.subscriptionId);
  expect(cancel_at_period_end).toBe(true);
  await staff.recordNewEvents();
  const note = await staff.db().recurringNote.findFirst({ where: { kind: "cancelled" } });
  expect(note).toMatchObject({ by: "staff" });
  const mails = await staff.db().outboxMail.findMany({ orderBy: { kind: "asc" } });
  expect(mails.map(({ kind }) => kind)).toEqual(["changed", "refunded", "thanks"]);
  await expectEqualBooks();
});

test("otherwise the recurring gift continues, and the preview states its next charge", async () => {
  const { gift, payment } = await staff.giveMonthly();
  const care = await staff.colleague("care");
  const preview = await care.text(RefundPage, { paymentId: payment.id }, { amount: "10" });
  expect(preview).toContain("The recurring gift continues: $10 a month, next on");
  await refund(care, payment, "10");
  expect((await staff.stripe.subscriptions.retrieve(gift.subscriptionId)).cancel_at_period_end).toBe(false);
});

test("a large refund waits for a second colleague, who sees it in the queue, and its author cannot confirm it", async () => {
  const payment = await staff.give({ amount: 25_000 });
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  expect(await anna.text(RefundPage, { paymentId: payment.id }, { amount: "250" })).toContain(
    "A second colleague must confirm it within seven days",
  );
  await refund(anna, payment, "250");
  expect(await staff.refundsAtStripe(payment)).toEqual([]);
  expect(await page(anna, payment)).toContain("The refund of $250.00 waits for a second colleague");
  const { id: requestId } = await staff.db().staffRequest.findFirstOrThrow();
  expect(await anna.text(SecondPage, { requestId })).toContain("another colleague must confirm it");
  await anna.press(confirmSecond, { requestId }, { shown: "25000" });
  expect(await anna.text(SecondPage, { requestId })).toContain("You asked for this refund.");
  expect(await staff.refundsAtStripe(payment)).toEqual([]);
  expect(await boris.text(QueuePage)).toContain("Refund of $250.00");
  const form = submittedInputsOf(await boris.html(SecondPage, { requestId }), `/newsroom/refunds/${requestId}/confirm`);
  const clara = await staff.colleague("clara");
  await Promise.all([
    boris.press(confirmSecond, { requestId }, form),
    clara.press(confirmSecond, { requestId }, form),
    boris.press(confirmSecond, { requestId }, form),
  ]);
  expect(await staff.refundsAtStripe(payment)).toEqual([25_000]);
  expect((await staff.acts()).map((act) => act.split(" ")[0])).toEqual([
    "refund-asked",
    "refund-confirmed",
    "payment-refunded",
  ]);
  await expectEqualBooks();
});

test("a large refund cannot be divided into small ones", async () => {
  const payment = await staff.give({ amount: 30_000 });
  const care = await staff.colleague("care");
  await refund(care, payment, "150");
  await refund(care, payment, "60");
  expect(await staff.refundsAtStripe(payment)).toEqual([15_000]);
  expect(await page(care, payment)).toContain("The refund of $60.00 waits for a second colleague");
});

test("a declined or expired refund returns nothing", async () => {
  const [first, second] = [await staff.give({ amount: 25_000 }), await staff.give({ amount: 26_000 })];
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  await refund(anna, first, "250");
  await refund(anna, second, "260");
  const requests = await staff.db().staffRequest.findMany({ orderBy: { amountMinor: "asc" } });
  const [declined, expired] = requests.map(({ id }) => id);
  await boris.press(decline, { requestId: declined ?? "" });
  staff.wait(7 * 86_400_000 + 1);
  const late = await staff.colleague("late");
  await late.press(confirmSecond, { requestId: expired ?? "" }, { shown: "26000" });
  expect(await late.text(SecondPage, { requestId: expired ?? "" })).toContain("This refund does not wait any more.");
  await continueRefunds(staff.db(), currentTime());
  const after = await staff.db().staffRequest.findMany({ orderBy: { amountMinor: "asc" } });
  expect(after.map(({ status, openAbout }) => [status, openAbout])).toEqual([
    ["declined", null],
    ["expired", null],
  ]);
  expect(await staff.acts()).toContain("refund-expired site");
  expect([...(await staff.refundsAtStripe(first)), ...(await staff.refundsAtStripe(second))]).toEqual([]);
});
