// Handles the calls for a customer's balance. A negative balance is credit for the next invoice; a positive balance is
// added to that invoice.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, notFoundError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import { integer, requiredParam, text, timeRange } from "../http/params";
import {
  listPage,
  nestedRoute,
  PAGINATION_PARAMS,
  parsePagingParams,
  type Route,
  requireObject,
  route,
} from "../http/route";
import { checkCurrency } from "./price-object";

type Change = {
  amount: number;
  currency: string;
  description?: string | null;
  metadata?: Record<string, string>;
  invoice?: string;
  type?: Stripe.CustomerBalanceTransaction.Type;
};

export function addToCustomerBalance(account: Account, customer: Stripe.Customer, change: Change) {
  const { amount, currency } = change;
  const after: Stripe.Customer = { ...customer, balance: customer.balance + amount, currency };
  const transaction: Stripe.CustomerBalanceTransaction = {
    id: account.newId("cbtxn_"),
    object: "customer_balance_transaction",
    amount,
    checkout_session: null,
    created: account.now(),
    credit_note: null,
    currency,
    customer: customer.id,
    customer_account: null,
    description: change.description ?? null,
    ending_balance: after.balance,
    invoice: change.invoice ?? null,
    livemode: account.livemode,
    metadata: change.metadata ?? {},
    type: change.type ?? "adjustment",
  };
  account.put(after);
  account.put(transaction);
  return { customer: after, transaction };
}

function ofCustomer(account: Account, customer: string, id: string): Stripe.CustomerBalanceTransaction {
  requireObject(account, "customer", { id: customer, noun: "customer" });
  const transaction = account.find("customer_balance_transaction", id);
  if (transaction?.customer !== customer) throw notFoundError("customer balance transaction", id);
  return transaction;
}

const PATH = "/v1/customers/:id/balance_transactions";

export const customerBalanceRoutes: Route[] = [
  route(
    `POST ${PATH}`,
    {
      amount: requiredParam(integer()),
      currency: requiredParam(text({ max: 3 })),
      description: text({ max: 350 }),
      metadata: METADATA_PARAM,
    },
    (account, params, id) => {
      const customer = requireObject(account, "customer", { id, noun: "customer" });
      const currency = params.currency.toLowerCase();
      checkCurrency(currency, "currency");
      if (customer.balance !== 0 && customer.currency && customer.currency !== currency)
        throw invalidRequest(`This customer's balance is kept in ${customer.currency}.`, { param: "currency" });
      const { amount, description } = params;
      const metadata = withoutEmptyValues(params.metadata);
      const changed = addToCustomerBalance(account, customer, { amount, currency, description, metadata });
      account.emit("customer.updated", changed.customer, { balance: customer.balance });
      return changed.transaction;
    },
  ),
  nestedRoute(
    `POST ${PATH}/:transaction`,
    { description: text({ max: 350 }), metadata: METADATA_PARAM },
    (account, params, { id, innerId }) => {
      const before = ofCustomer(account, id, innerId);
      const description = params.description === undefined ? before.description : params.description;
      const after = { ...before, description, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) };
      account.put(after);
      return after;
    },
  ),
  nestedRoute(`GET ${PATH}/:transaction`, {}, (account, _, { id, innerId }) => ofCustomer(account, id, innerId)),
  route(`GET ${PATH}`, { ...PAGINATION_PARAMS, created: timeRange(), invoice: text() }, (account, params, id) => {
    requireObject(account, "customer", { id, noun: "customer" });
    const kind = "customer_balance_transaction" as const;
    const where = { customer: id, "$.invoice": params.invoice };
    return listPage(account, {
      kind,
      path: PATH.replace(":id", id),
      where,
      created: params.created,
      ...parsePagingParams(account, params, kind),
    });
  }),
];
