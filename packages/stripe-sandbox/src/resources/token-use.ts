import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";

/** Marks a token as used. Throws if it was used before: Stripe accepts each token once. */
export function consumeToken(account: Account, token: Stripe.Token, param: string): void {
  if (token.used)
    throw invalidRequest(`You cannot use a Stripe token more than once: ${token.id}.`, {
      code: "token_already_used",
      param,
    });
  account.put({ ...token, used: true });
}
