// Plans the later events of a payment: a refund, a dispute, or the bank's decision about a debit days later.
import type Stripe from "stripe";
import { closeDispute, createDispute, isOpenDispute } from "../resources/disputes";
import { createRefund } from "../resources/refunds";
import { handleDueCharge } from "../stories/charge-is-due";
import { claimOpenAtEnd, DAY, HOUR, type Life, plan } from "./life";

const REASONS = ["fraudulent", "subscription_canceled", "duplicate", "product_not_received"];

/** `charge` may be a debit that its bank has not decided yet. */
export function planAfterPayment(life: Life, charge: Stripe.Charge): void {
  if (charge.status === "pending") planDecision(life, charge);
  else if (claimOpenAtEnd(life, "disputes", { at: charge.created, days: 4 })) planDispute(life, charge, HOUR);
  else planReturn(life, charge);
}

function planReturn(life: Life, charge: Stripe.Charge): void {
  const { chance, profile } = life;
  const draw = chance.next();
  const { refunded, partlyRefunded, disputed } = profile.shares;
  const later = Math.floor((1 + chance.next() * 20) * DAY);
  if (draw < refunded) planRefund(life, charge, { later, amount: null });
  else if (draw < refunded + partlyRefunded)
    planRefund(life, charge, { later, amount: Math.max(1, Math.floor(charge.amount / 2)) });
  else if (draw < refunded + partlyRefunded + disputed) planDispute(life, charge, later);
}

function planDecision(life: Life, { id, created }: Stripe.Charge): void {
  const at = life.accountAt(created).internalState<"charge">(id).dueAt;
  if (at === null) return;
  plan(life, {
    at,
    happen: () => {
      const account = life.accountAt(at);
      handleDueCharge(account, id);
      const decided = account.get("charge", id);
      if (decided.status !== "succeeded") return;
      life.payments += 1;
      if (!decided.disputed) planAfterPayment(life, decided);
    },
  });
}

function planRefund(life: Life, charge: Stripe.Charge, { later, amount }: { later: number; amount: number | null }) {
  const at = charge.created + later;
  const refund = { charge: charge.id, amount, reason: "requested_by_customer" } as const;
  plan(life, { at, happen: () => createRefund(life.accountAt(at), refund) });
}

/** The bank closes the dispute before the deadline for evidence. */
function planDispute(life: Life, { id, created }: Stripe.Charge, later: number): void {
  const opensAt = created + later;
  const closesAt = opensAt + Math.floor((5 + life.chance.next() * 3) * DAY);
  const [reason, isWon] = [life.chance.pick(REASONS), life.chance.happens(life.profile.shares.disputeWon)];
  plan(life, {
    at: opensAt,
    happen: () => {
      const account = life.accountAt(opensAt);
      const dispute = createDispute(account, account.get("charge", id), { reason });
      plan(life, { at: closesAt, happen: () => conclude(life, dispute.id, { at: closesAt, isWon }) });
    },
  });
}

function conclude(life: Life, id: string, { at, isWon }: { at: number; isWon: boolean }): void {
  const account = life.accountAt(at);
  if (isOpenDispute(account.get("dispute", id))) closeDispute(account, id, isWon ? "won" : "lost");
}
