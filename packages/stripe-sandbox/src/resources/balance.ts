import type Stripe from "stripe";
import type { Account } from "../account";
import { text, timeRange } from "../http/params";
import { listPage, PAGINATION_PARAMS, parsePagingParams, type Route, requireObject, route } from "../http/route";
import { withCurrentStatus } from "./balance-transactions";

export function balanceIn(account: Account, currency: string): { available: number; pending: number } {
  return totalsOf(account).get(currency) ?? { available: 0, pending: 0 };
}

function totalsOf(account: Account) {
  const totals = new Map<string, { available: number; pending: number }>();
  for (const transaction of account.list("balance_transaction")) {
    const total = totals.get(transaction.currency) ?? { available: 0, pending: 0 };
    const status = account.now() >= transaction.available_on ? "available" : "pending";
    total[status] += transaction.net;
    totals.set(transaction.currency, total);
  }
  return totals;
}

function balanceOf(account: Account): Stripe.Balance {
  const totals = totalsOf(account);
  if (totals.size === 0) totals.set("usd", { available: 0, pending: 0 });
  const side = (status: "available" | "pending") =>
    Array.from(totals, ([currency, total]) => ({
      amount: total[status],
      currency,
      source_types: { card: total[status] },
    }));
  return { object: "balance", available: side("available"), livemode: account.livemode, pending: side("pending") };
}

export const balanceRoutes: Route[] = [
  route("GET /v1/balance", {}, (account) => balanceOf(account)),
  route("GET /v1/balance_transactions/:id", {}, (account, _, id) =>
    withCurrentStatus(account, requireObject(account, "balance_transaction", { id, noun: "balance transaction" })),
  ),
  route(
    "GET /v1/balance_transactions",
    { ...PAGINATION_PARAMS, created: timeRange(), currency: text(), payout: text(), source: text(), type: text() },
    (account, params) => {
      const where = {
        source: params.source,
        payout: params.payout,
        "$.currency": params.currency,
        "$.type": params.type,
      };
      const paging = parsePagingParams(account, params, "balance_transaction");
      const path = "/v1/balance_transactions";
      const list = listPage(account, { kind: "balance_transaction", path, where, created: params.created, ...paging });
      return { ...list, data: list.data.map((transaction) => withCurrentStatus(account, transaction)) };
    },
  ),
];
