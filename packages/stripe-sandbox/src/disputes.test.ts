import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { secondsInDays } from "./bank-days";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import { manualClock } from "./testing/manual-clock";
import { CONFIRM_WITHOUT_REDIRECT_PARAMS, openTestSandbox, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
const clock = manualClock(Date.UTC(2027, 0, 7, 12) / 1000);

beforeAll(async () => {
  bench = await openTestSandbox({ now: clock.now });
});
afterAll(() => bench.close());

async function payDisputed(payment_method: string, last: Stripe.Event.Type = "charge.updated", times = 2) {
  const intent = await bench.stripe.paymentIntents.create({
    amount: 2_000,
    currency: "eur",
    payment_method,
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
  });
  const events = await bench.takeEventTypesUntil(last, times);
  const { data } = await bench.stripe.disputes.list({ payment_intent: intent.id });
  const paid = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "charge.updated"];
  expect(events.slice(0, 4)).toEqual(paid);
  return { intent, dispute: data[0], events: events.slice(4) };
}

function existing(dispute: Stripe.Dispute | undefined): Stripe.Dispute {
  if (!dispute) throw new Error("no dispute");
  return dispute;
}

test("a dispute takes the amount and the fee at once, and sets `disputed` on the charge", async () => {
  const { dispute, events } = await payDisputed("pm_card_createDispute");
  expect(events).toEqual(listEventsInSandboxDocs("dispute opened"));
  expect(dispute).toMatchObject({ status: "needs_response", reason: "fraudulent", amount: 2_000, currency: "eur" });
  expect(dispute?.balance_transactions).toMatchObject([
    { amount: -2_000, fee: 2_000, net: -4_000, currency: "eur", type: "adjustment", reporting_category: "dispute" },
  ]);
  expect(dispute?.evidence_details).toMatchObject({ has_evidence: false, submission_count: 0 });
  const charge = await bench.stripe.charges.retrieve(String(dispute?.charge));
  expect(charge).toMatchObject({ disputed: true, refunded: false });
});

test("winning evidence wins a dispute: the amount comes back, the fee does not", async () => {
  const { dispute } = await payDisputed("pm_card_createDisputeProductNotReceived");
  const { id, reason } = existing(dispute);
  expect(reason).toBe("product_not_received");
  const answered = await bench.stripe.disputes.update(id, {
    evidence: { uncategorized_text: "winning_evidence" },
    submit: true,
  });
  expect(answered).toMatchObject({ status: "under_review", evidence_details: { submission_count: 1 } });
  expect(await bench.takeEventTypesUntil("charge.dispute.funds_reinstated")).toEqual(
    listEventsInSandboxDocs("dispute won"),
  );
  const won = await bench.stripe.disputes.retrieve(id);
  expect(won.status).toBe("won");
  expect(won.balance_transactions.map(({ net }) => net)).toEqual([-4_000, 2_000]);
  await expect(bench.stripe.disputes.close(id)).rejects.toMatchObject({ statusCode: 400 });
});

test("a dispute is lost by losing evidence, by closing it, and by missing the deadline", async () => {
  const { dispute } = await payDisputed("pm_card_createDispute");
  const { id } = existing(dispute);
  const staged = await bench.stripe.disputes.update(id, {
    evidence: { uncategorized_text: "losing_evidence", customer_name: "Rosa Reader" },
    submit: false,
  });
  expect(staged).toMatchObject({ status: "needs_response", evidence_details: { has_evidence: true } });
  await bench.takeEventTypesUntil("charge.dispute.updated");
  await bench.stripe.disputes.update(id, { submit: true });
  expect(await bench.takeEventTypesUntil("charge.dispute.closed")).toEqual(listEventsInSandboxDocs("dispute lost"));
  expect(await bench.stripe.disputes.retrieve(id)).toMatchObject({
    status: "lost",
    evidence: { customer_name: "Rosa Reader" },
  });

  const second = existing((await payDisputed("pm_card_createDispute")).dispute);
  expect((await bench.stripe.disputes.close(second.id)).status).toBe("lost");
  await bench.takeEventTypesUntil("charge.dispute.closed");
  const third = existing((await payDisputed("pm_card_createDispute")).dispute);
  await clock.advance(bench, secondsInDays(10));
  // At this time, the dispute of the first test is lost too. So this test waits for two events.
  await bench.takeEventTypesUntil("charge.dispute.closed", 2);
  expect(await bench.stripe.disputes.retrieve(third.id)).toMatchObject({
    status: "lost",
    evidence_details: { past_due: true },
  });
});

test("staged evidence is changed and removed, and goes to the bank once", async () => {
  const { id } = existing((await payDisputed("pm_card_createDispute")).dispute);
  const stage = (evidence: Stripe.DisputeUpdateParams.Evidence) =>
    bench.stripe.disputes.update(id, { evidence, submit: false });
  await stage({ product_description: "A gift", service_date: "7 January 2027" });
  const staged = await stage({ service_date: "" });
  expect(staged).toMatchObject({
    status: "needs_response",
    evidence: { product_description: "A gift", service_date: null },
    evidence_details: { has_evidence: true, submission_count: 0 },
  });
  const sent = await bench.stripe.disputes.update(id, { submit: true });
  expect(sent).toMatchObject({ status: "under_review", evidence_details: { submission_count: 1 } });
  await expect(stage({ product_description: "More" })).rejects.toMatchObject({ statusCode: 400 });
  await expect(bench.stripe.disputes.update(id, { submit: true })).rejects.toMatchObject({ statusCode: 400 });
  await bench.takeEventTypesUntil("charge.dispute.updated", 3);
});

test("evidence without one of Stripe's test texts is judged after 60 days, for the cardholder", async () => {
  const { id } = existing((await payDisputed("pm_card_createDispute")).dispute);
  await bench.stripe.disputes.update(id, { evidence: { uncategorized_text: "They gave." }, submit: true });
  await clock.advance(bench, secondsInDays(59));
  expect((await bench.stripe.disputes.retrieve(id)).status).toBe("under_review");
  await clock.advance(bench, secondsInDays(2));
  // On this day, the bank also decides the dispute of the previous test. So the test waits for two events.
  await bench.takeEventTypesUntil("charge.dispute.closed", 2);
  const decided = await bench.stripe.disputes.retrieve(id);
  expect(decided).toMatchObject({ status: "lost", evidence_details: { past_due: false } });
});

test("evidence of more than 150,000 characters in total is refused, and none of it is kept", async () => {
  const { id } = existing((await payDisputed("pm_card_createDispute")).dispute);
  const names = ["product_description", "access_activity_log", "cancellation_rebuttal", "refund_refusal_explanation"];
  const more = ["cancellation_policy_disclosure", "refund_policy_disclosure", "duplicate_charge_explanation"];
  const long = Object.fromEntries([...names, ...more, "uncategorized_text"].map((name) => [name, "a".repeat(19_000)]));
  const refused = bench.stripe.disputes.update(id, { evidence: long, submit: false });
  await expect(refused).rejects.toMatchObject({ statusCode: 400, param: "evidence" });
  expect((await bench.stripe.disputes.retrieve(id)).evidence_details.has_evidence).toBe(false);
});

test("an inquiry moves no money, and closes once it is answered", async () => {
  const { dispute, events } = await payDisputed("pm_card_createDisputeInquiry");
  const { id, is_charge_refundable } = existing(dispute);
  expect(dispute).toMatchObject({ status: "warning_needs_response", balance_transactions: [] });
  expect(is_charge_refundable).toBe(true);
  await bench.stripe.disputes.update(id, { evidence: { uncategorized_text: "winning_evidence" } });
  const answered = await bench.takeEventTypesUntil("charge.dispute.closed");
  expect([...events, ...answered]).toEqual(listEventsInSandboxDocs("inquiry, answered and closed"));
  expect((await bench.stripe.disputes.retrieve(id)).status).toBe("warning_closed");
});

test("an inquiry that the bank escalates takes the money", async () => {
  const { dispute, events } = await payDisputed("pm_card_createDisputeInquiry");
  const { id } = existing(dispute);
  await bench.stripe.disputes.update(id, { evidence: { uncategorized_text: "escalate_inquiry_evidence" } });
  const escalated = await bench.takeEventTypesUntil("charge.dispute.funds_withdrawn");
  expect([...events, ...escalated]).toEqual(listEventsInSandboxDocs("inquiry that becomes a dispute"));
  expect(await bench.stripe.disputes.retrieve(id)).toMatchObject({
    status: "needs_response",
    payment_method_details: { card: { case_type: "chargeback" } },
    balance_transactions: [{ net: -4_000 }],
  });
});

test("an early fraud warning does not dispute the charge", async () => {
  const { intent, events } = await payDisputed(
    "pm_card_createIssuerFraudRecord",
    "radar.early_fraud_warning.created",
    1,
  );
  expect(events).toEqual(listEventsInSandboxDocs("early fraud warning"));
  const charge = String(intent.latest_charge);
  const { data } = await bench.stripe.radar.earlyFraudWarnings.list({ charge });
  expect(data[0]).toMatchObject({ charge, payment_intent: intent.id, actionable: true });
  expect((await bench.stripe.charges.retrieve(charge)).disputed).toBe(false);
});
