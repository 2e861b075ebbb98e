import type Stripe from "stripe";
import { settleDebitOrReleaseHold } from "../payment-flows/handle-due-charge";
import { closeDispute, createDispute, isOpenDispute } from "../resources/disputes";
import { createRefund } from "../resources/refunds";
import {
  DAY_SECONDS,
  type HistorySimulation,
  HOUR_SECONDS,
  reserveCaseOpenAtEnd,
  scheduleSimulationEvent,
} from "./simulation-state";

const REASONS = ["fraudulent", "subscription_canceled", "duplicate", "product_not_received"];

export function planEventsAfterPayment(simulation: HistorySimulation, charge: Stripe.Charge): void {
  if (charge.status === "pending") planDecision(simulation, charge);
  else if (reserveCaseOpenAtEnd(simulation, "disputes", { at: charge.created, days: 4 }))
    planDispute(simulation, charge, HOUR_SECONDS);
  else planReturn(simulation, charge);
}

function planReturn(simulation: HistorySimulation, charge: Stripe.Charge): void {
  const { chance, profile } = simulation;
  const random = chance.next();
  const { refunded, partlyRefunded, disputed } = profile.shares;
  const later = Math.floor((1 + chance.next() * 20) * DAY_SECONDS);
  if (random < refunded) planRefund(simulation, charge, { later, amount: null });
  else if (random < refunded + partlyRefunded)
    planRefund(simulation, charge, { later, amount: Math.max(1, Math.floor(charge.amount / 2)) });
  else if (random < refunded + partlyRefunded + disputed) planDispute(simulation, charge, later);
}

function planDecision(simulation: HistorySimulation, { id, created }: Stripe.Charge): void {
  const at = simulation.accountAt(created).internalState<"charge">(id).dueAt;
  if (at === null) return;
  scheduleSimulationEvent(simulation, {
    at,
    happen: () => {
      const account = simulation.accountAt(at);
      settleDebitOrReleaseHold(account, id);
      const decided = account.get("charge", id);
      if (decided.status !== "succeeded") return;
      simulation.payments += 1;
      if (!decided.disputed) planEventsAfterPayment(simulation, decided);
    },
  });
}

function planRefund(
  simulation: HistorySimulation,
  charge: Stripe.Charge,
  { later, amount }: { later: number; amount: number | null },
) {
  const at = charge.created + later;
  const refund = { charge: charge.id, amount, reason: "requested_by_customer" } as const;
  scheduleSimulationEvent(simulation, { at, happen: () => createRefund(simulation.accountAt(at), refund) });
}

function planDispute(simulation: HistorySimulation, { id, created }: Stripe.Charge, later: number): void {
  const opensAt = created + later;
  const closesAt = opensAt + Math.floor((5 + simulation.chance.next() * 3) * DAY_SECONDS);
  const [reason, isWon] = [
    simulation.chance.pick(REASONS),
    simulation.chance.happens(simulation.profile.shares.disputeWon),
  ];
  scheduleSimulationEvent(simulation, {
    at: opensAt,
    happen: () => {
      const account = simulation.accountAt(opensAt);
      const dispute = createDispute(account, account.get("charge", id), { reason });
      scheduleSimulationEvent(simulation, {
        at: closesAt,
        happen: () => conclude(simulation, dispute.id, { at: closesAt, isWon }),
      });
    },
  });
}

function conclude(simulation: HistorySimulation, id: string, { at, isWon }: { at: number; isWon: boolean }): void {
  const account = simulation.accountAt(at);
  if (isOpenDispute(account.get("dispute", id))) closeDispute(account, id, isWon ? "won" : "lost");
}
