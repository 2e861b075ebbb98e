// What happens to money that no API call starts, and the refund that staff would make in the Dashboard.
import { z } from "zod";
import type { Account } from "../account";
import { notBuilt } from "../http/errors";
import { type FormMap, parseForm } from "../http/form";
import { found } from "../http/route";
import { ROUTES } from "../routes";
import { failNextRenewal } from "../stories/renewal-switch";
import { replaceCard } from "../stories/replace-card";
import { type Act, accountOf, act, Refusal, WHOSE } from "./act";

/** The same as the API call: what the API refuses is refused here. */
function call(account: Account, address: string, form: FormMap): object {
  const route = ROUTES.find(({ method, path }) => `${method} ${path}` === address);
  if (!route) throw notBuilt(address);
  return route.read(form).run(account, []);
}

export const moneyActs: Record<string, Act> = {
  refund: act(
    "The money goes back.",
    z.strictObject({
      ...WHOSE,
      charge: z.string().optional(),
      payment_intent: z.string().optional(),
      amount: z.number().int().min(1).optional(),
    }),
    (sandbox, { key, account: id, ...asked }) => {
      const account = accountOf(sandbox, { key, account: id });
      const fields = Object.entries(asked).filter(([, value]) => value !== undefined);
      const form = parseForm(new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString());
      return sandbox.store.transaction(() => call(account, "POST /v1/refunds", form));
    },
  ),
  "fail-next-renewal": act(
    "Its next renewal will fail.",
    z.strictObject({ ...WHOSE, subscription: z.string(), fails: z.boolean().default(true) }),
    (sandbox, { subscription, fails, ...whose }) => {
      const account = accountOf(sandbox, whose);
      found(account, "subscription", subscription, "subscription");
      sandbox.store.transaction(() => failNextRenewal(account, subscription, fails));
      return { subscription, fails };
    },
  ),
  "replace-card": act(
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
