// Tests refunds and disputes of one payment in random order: by colleagues, in Stripe's dashboard, and by a bank.
// Colleagues can send forms at the same time, and calls to Stripe or its answers can get lost.
import fc from "fast-check";
import { postControlAction } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listBooksDifferences } from "@/domain/ledger/check/store/progress";
import { paymentStandingOf } from "@/domain/ledger/payment-standing";
import type { Payment } from "@/generated/sqlite/client";
import { checkBooks } from "@/systems/books-check";
import { currentTime } from "@/systems/clock";
import { log } from "@/systems/log";
import { continueRefunds } from "@/systems/people/refunds";
import { openStaffFixture, type StaffFixture } from "@/systems/testing/staff-fixture";
import { propertyTestOptions } from "@/tools/test/scope.mjs";
import { POST as confirm } from "./[paymentId]/refund/confirm/route";

const KEY = "sk_test_bench";
const GIVEN = 2_000;

let staff: StaffFixture;
beforeAll(async () => {
  staff = await openStaffFixture();
});
afterAll(() => staff.close());

type Colleague = Awaited<ReturnType<StaffFixture["colleague"]>>;
type World = { payment: Payment; colleagues: Colleague[] };

const part = fc.integer({ min: 1, max: GIVEN + 200 });
const step = fc.oneof(
  /**
   * Several colleagues press the refund button at the same time. `isHeard`: true if the site first records all earlier
   * events of Stripe.
   */
  fc.record({
    does: fc.constant("press" as const),
    amounts: fc.array(part, { minLength: 1, maxLength: 3 }),
    isHeard: fc.boolean(),
    loses: fc.constantFrom("nothing", "request", "answer"),
  }),
  fc.record({ does: fc.constant("dashboard" as const), amount: part }),
  fc.record({ does: fc.constant("dispute" as const), amount: part }),
  fc.record({ does: fc.constant("verdict" as const), verdict: fc.constantFrom("won", "lost") }),
  fc.record({ does: fc.constant("job" as const) }),
);
type Step = Parameters<Parameters<typeof step.map>[0]>[0];

/**
 * Returns the amount that is neither refunded nor held by a bank, calculated from Stripe's objects. A won dispute holds
 * nothing, and an inquiry never holds anything.
 */
async function keptAtStripe({ chargeId }: Payment): Promise<number> {
  const charge = await staff.stripe.charges.retrieve(chargeId ?? "");
  const { data } = await staff.stripe.disputes.list({ charge: charge.id });
  const held = data.filter(({ status }) => status !== "won" && !status.startsWith("warning_"));
  return charge.amount - charge.amount_refunded - held.reduce((sum, { amount }) => sum + amount, 0);
}

async function staffRefunds({ paymentIntentId }: Payment): Promise<Map<string, number>> {
  const { data } = await staff.stripe.refunds.list({ payment_intent: paymentIntentId ?? "", limit: 100 });
  return new Map(data.flatMap(({ metadata, amount }) => (metadata?.request ? [[metadata.request, amount]] : [])));
}

async function press({ payment, colleagues }: World, { amounts, isHeard, loses }: Extract<Step, { does: "press" }>) {
  if (isHeard) await staff.recordNewEvents();
  const row = await staff.db().payment.findUniqueOrThrow({ where: { id: payment.id } });
  const shown = String(paymentStandingOf(row).kept.amountMinor);
  const when = loses === "answer" ? "after" : "before";
  if (loses !== "nothing") await staff.fault({ does: "refuse", when, method: "POST", path: "/v1/refunds", times: 2 });
  await Promise.all(
    amounts.map((minor, n) => {
      const form = { amount: (minor / 100).toFixed(2), ends: "", shown, request: crypto.randomUUID() };
      return colleagues[n]?.press(confirm, { paymentId: payment.id }, { ...form, why: "asked", words: "" });
    }),
  );
  await staff.endFaults();
}

async function take(world: World, taken: Step): Promise<void> {
  const { payment } = world;
  const charge = payment.chargeId ?? "";
  switch (taken.does) {
    case "press":
      return press(world, taken);
    case "dashboard":
      return void (await staff.stripe.refunds.create({ charge, amount: taken.amount }).catch(() => {}));
    case "dispute":
      return void (await postControlAction(staff.bench.url, "dispute", {
        key: KEY,
        charge,
        amount: taken.amount,
      }).catch(() => {}));
    case "verdict": {
      const [open] = (await staff.stripe.disputes.list({ charge })).data;
      if (open)
        await postControlAction(staff.bench.url, "close-dispute", {
          key: KEY,
          dispute: open.id,
          verdict: taken.verdict,
        }).catch(() => {});
      return;
    }
    case "job":
      staff.wait(120_000);
      await continueRefunds(staff.db(), currentTime());
  }
}

test("no order of refunds, disputes and lost answers returns more than is kept", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  vi.spyOn(log, "warn").mockImplementation(() => {});
  let refundCount = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      await staff.reset();
      const payment = await staff.give({ amount: GIVEN });
      const colleagues = await Promise.all(["anna", "boris", "clara"].map((name) => staff.colleague(name)));
      for (const taken of steps) {
        const [kept, before] = [await keptAtStripe(payment), await staffRefunds(payment)];
        await take({ payment, colleagues }, taken);
        const fresh = [...(await staffRefunds(payment))].filter(([request]) => !before.has(request));
        expect(fresh.length).toBeLessThanOrEqual(1);
        for (const [, amount] of fresh) expect(amount).toBeLessThanOrEqual(kept);
      }
      for (let round = 0; round < 3; round++) await take({ payment, colleagues }, { does: "job" });
      await staff.recordNewEvents();
      const requests = await staff.db().staffRequest.findMany();
      const atStripe = await staffRefunds(payment);
      refundCount += atStripe.size;
      expect(requests.every(({ status }) => status === "done" || status === "refused")).toBe(true);
      const done = requests.filter(({ status }) => status === "done");
      expect(new Map(done.map(({ id, amountMinor }) => [id, Number(amountMinor)]))).toEqual(atStripe);
      const { id } = await checkBooks(staff.db(), { mode: "check", graceMs: 0 });
      expect(await listBooksDifferences(staff.db(), id)).toEqual([]);
    }),
    propertyTestOptions({ usual: 4, all: 40 }),
  );
  expect(refundCount).toBeGreaterThan(0);
}, 300_000);
