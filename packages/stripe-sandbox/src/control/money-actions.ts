// What happens to money that no API call starts, and the refund that staff would make in the Dashboard.
import { z } from "zod";
import { found } from "../http/route";
import { closeDispute, createDispute } from "../resources/disputes";
import { createRefund } from "../resources/refunds";
import { decideDebit } from "../stories/bank-debit";
import { failNextRenewal } from "../stories/renewal-switch";
import { replaceCard } from "../stories/replace-card";
import { type Action, accountOf, action, Refusal, WHOSE } from "./action";

const AMOUNT = z.number().int().min(1).optional();

export const moneyActions: Record<string, Action> = {
  refund: action(
    "The money goes back.",
    z.strictObject({ ...WHOSE, charge: z.string().optional(), payment_intent: z.string().optional(), amount: AMOUNT }),
    (sandbox, { key, account, ...refund }) => {
      const whose = accountOf(sandbox, { key, account });
      return sandbox.store.transaction(() => createRefund(whose, refund));
    },
  ),
  dispute: action(
    "The bank has taken the money back, until the evidence is judged.",
    z.strictObject({ ...WHOSE, charge: z.string(), reason: z.string().max(60).default("fraudulent"), amount: AMOUNT }),
    (sandbox, { charge, reason, amount, ...whose }) => {
      const account = accountOf(sandbox, whose);
      const disputed = found(account, "charge", charge, "charge");
      return sandbox.store.transaction(() => createDispute(account, disputed, { reason, amount }));
    },
  ),
  "close-dispute": action(
    "The bank has judged.",
    z.strictObject({ ...WHOSE, dispute: z.string(), verdict: z.enum(["won", "lost"]) }),
    (sandbox, { dispute, verdict, ...whose }) => {
      const account = accountOf(sandbox, whose);
      found(account, "dispute", dispute, "dispute");
      return sandbox.store.transaction(() => closeDispute(account, dispute, verdict));
    },
  ),
  "decide-debit": action(
    "The bank has decided.",
    z.strictObject({ ...WHOSE, charge: z.string(), decision: z.enum(["settle", "bounce"]) }),
    (sandbox, { charge, decision, ...whose }) => {
      const account = accountOf(sandbox, whose);
      const { status } = found(account, "charge", charge, "charge");
      if (status !== "pending") throw new Refusal(`${charge} is not pending: it has ${status}`);
      return sandbox.store.transaction(() => decideDebit(account, charge, decision));
    },
  ),
  "fail-next-renewal": action(
    "Its next renewal will fail.",
    z.strictObject({ ...WHOSE, subscription: z.string(), fails: z.boolean().default(true) }),
    (sandbox, { subscription, fails, ...whose }) => {
      const account = accountOf(sandbox, whose);
      found(account, "subscription", subscription, "subscription");
      sandbox.store.transaction(() => failNextRenewal(account, subscription, fails));
      return { subscription, fails };
    },
  ),
  "replace-card": action(
    "The bank has replaced the card.",
    z.strictObject({ ...WHOSE, payment_method: z.string() }),
    (sandbox, { payment_method: id, ...whose }) => {
      const account = accountOf(sandbox, whose);
      const method = found(account, "payment_method", id, "payment method");
      if (!method.card) throw new Refusal(`${id} is no card`);
      return sandbox.store.transaction(() => replaceCard(account, method));
    },
  ),
};
