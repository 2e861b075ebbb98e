import { z } from "zod";
import { requireObject } from "../http/route";
import { applyBankDebitDecision } from "../payment-flows/bank-debit";
import { setNextRenewalToFail } from "../payment-flows/renewal-switch";
import { simulateAutomaticCardUpdate } from "../payment-flows/replace-card";
import { closeDispute, createDispute } from "../resources/disputes";
import { createRefund } from "../resources/refunds";
import {
  ACCOUNT_LOOKUP_PARAMS,
  type Action,
  ControlActionRefusedError,
  defineAction,
  findOrCreateAccount,
} from "./action";

const AMOUNT = z.number().int().min(1).optional();

export const moneyActions: Record<string, Action> = {
  refund: defineAction(
    "The refund is made.",
    z.strictObject({
      ...ACCOUNT_LOOKUP_PARAMS,
      charge: z.string().optional(),
      payment_intent: z.string().optional(),
      amount: AMOUNT,
    }),
    (sandbox, { key, account, ...refund }) => {
      const owner = findOrCreateAccount(sandbox, { key, account });
      return sandbox.store.transaction(() => createRefund(owner, refund));
    },
  ),
  dispute: defineAction(
    "The payment is disputed. The bank holds the money until it has judged the evidence.",
    z.strictObject({
      ...ACCOUNT_LOOKUP_PARAMS,
      charge: z.string(),
      reason: z.string().max(60).default("fraudulent"),
      amount: AMOUNT,
    }),
    (sandbox, { charge, reason, amount, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      const disputed = requireObject(account, "charge", { id: charge, noun: "charge" });
      return sandbox.store.transaction(() => createDispute(account, disputed, { reason, amount }));
    },
  ),
  "close-dispute": defineAction(
    "The dispute is closed.",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, dispute: z.string(), verdict: z.enum(["won", "lost"]) }),
    (sandbox, { dispute, verdict, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      requireObject(account, "dispute", { id: dispute, noun: "dispute" });
      return sandbox.store.transaction(() => closeDispute(account, dispute, verdict));
    },
  ),
  "decide-debit": defineAction(
    "The bank has decided about the debit.",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, charge: z.string(), decision: z.enum(["settle", "bounce"]) }),
    (sandbox, { charge, decision, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      const { status } = requireObject(account, "charge", { id: charge, noun: "charge" });
      if (status !== "pending")
        throw new ControlActionRefusedError(`${charge} is not pending: its status is ${status}`);
      return sandbox.store.transaction(() => applyBankDebitDecision(account, charge, decision));
    },
  ),
  "fail-next-renewal": defineAction(
    "The next renewal will fail.",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, subscription: z.string(), fails: z.boolean().default(true) }),
    (sandbox, { subscription, fails, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      requireObject(account, "subscription", { id: subscription, noun: "subscription" });
      sandbox.store.transaction(() => setNextRenewalToFail(account, subscription, fails));
      return { subscription, fails };
    },
  ),
  "replace-card": defineAction(
    "The bank has replaced the card.",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, payment_method: z.string() }),
    (sandbox, { payment_method: id, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      const method = requireObject(account, "payment_method", { id, noun: "payment method" });
      if (!method.card) throw new ControlActionRefusedError(`${id} is not a card`);
      return sandbox.store.transaction(() => simulateAutomaticCardUpdate(account, method));
    },
  ),
};
