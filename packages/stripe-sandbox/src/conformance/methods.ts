// Lists the supported methods: all methods of the RESOURCES below, read from the `stripe` package, except
// UNSUPPORTED_STRIPE_API_METHODS.
import type Stripe from "stripe";

const RESOURCES =
  `balance balanceTransactions billingPortal.configurations billingPortal.sessions charges checkout.sessions
  coupons customers disputes events files invoiceItems invoicePayments invoices mandates paymentIntents paymentMethods payouts plans
  prices products promotionCodes refunds setupAttempts setupIntents sources subscriptionItems subscriptions taxRates
  testHelpers.customers testHelpers.refunds testHelpers.testClocks tokens webhookEndpoints`.split(/\s+/);

const CASH = "cash balance: money that a customer sends to Stripe by bank transfer";
const MICRODEPOSITS = "verification by microdeposits is for bank debits in the United States";
const FEATURES = "entitlements: the site manages its supporters' rights";

const SOURCES =
  "deprecated by Stripe in favor of payment methods; older cards are built as tokens and customers' sources";

export const UNSUPPORTED_STRIPE_API_METHODS: Record<string, string> = {
  "customers.createFundingInstructions": CASH,
  "customers.listCashBalanceTransactions": CASH,
  "customers.retrieveCashBalance": CASH,
  "customers.retrieveCashBalanceTransaction": CASH,
  "customers.updateCashBalance": CASH,
  "customers.verifySource": MICRODEPOSITS,
  "invoices.attachPayment": "payment records: payments made outside Stripe",
  "paymentIntents.applyCustomerBalance": CASH,
  "paymentIntents.incrementAuthorization": "incremental authorizations are for hotels and car rentals",
  "paymentIntents.listAmountDetailsLineItems": "line items for corporate cards",
  "paymentIntents.verifyMicrodeposits": MICRODEPOSITS,
  "payouts.reverse": "only payouts of a platform's connected accounts can be reversed",
  "products.createFeature": FEATURES,
  "products.deleteFeature": FEATURES,
  "products.listFeatures": FEATURES,
  "products.retrieveFeature": FEATURES,
  "refunds.cancel":
    "only refunds that the customer collects by bank transfer can be canceled; others are refused in Stripe's words",
  "setupIntents.verifyMicrodeposits": MICRODEPOSITS,
  "sources.create": SOURCES,
  "sources.listSourceTransactions": SOURCES,
  "sources.retrieve": SOURCES,
  "sources.update": SOURCES,
  "sources.verify": SOURCES,
  "subscriptions.deleteDiscount": "gifts have no discounts: adding one to a subscription or an invoice answers 501",
  "subscriptions.migrate":
    "moves an old subscription to flexible billing, which every subscription here has from the start",
  "testHelpers.customers.fundCashBalance": CASH,
  "testHelpers.refunds.expire": "only for refunds that the customer collects by bank transfer",
};

export function listSupportedStripeApiMethods(stripe: Stripe): Map<string, string> {
  const all = RESOURCES.flatMap((name) => methodsOf(resourceAt(stripe, name), name));
  return new Map(all.filter(([name]) => !Object.hasOwn(UNSUPPORTED_STRIPE_API_METHODS, name)));
}

export function listEndpointsBySdkMethod(stripe: Stripe): Map<string, string> {
  const all = namespacesIn(stripe as unknown as Named).flatMap(([name, resource]) => methodsOf(resource, name));
  return new Map(all.filter(([, endpoint]) => / \/v1\//.test(endpoint)));
}

/**
 * Members of the Stripe client that are left out. Most of them are not resources of the v1 API. `account` is one, but
 * its only call has no parameters and no type declarations.
 */
const NO_RESOURCE = new Set(["account", "stripe", "errors", "webhooks", "oauth", "v2", "path", "basePath"]);

function namespacesIn(parent: Named, above = ""): [string, Named][] {
  return Object.entries(parent).flatMap(([name, value]): [string, Named][] => {
    if (NO_RESOURCE.has(name) || name.startsWith("_") || typeof value !== "object" || value === null) return [];
    const resource = value as Named;
    const full = `${above}${name}`;
    const own: [string, Named][] = typeof resource._makeRequest === "function" ? [[full, resource]] : [];
    return [...own, ...namespacesIn(resource, `${full}.`)];
  });
}

type Named = Record<string, unknown>;
type Method = (...ids: string[]) => unknown;

function resourceAt(stripe: Stripe, name: string): Named {
  return name.split(".").reduce((here: unknown, step) => (here as Named)[step], stripe) as Named;
}

/**
 * Returns the name and the endpoint of each method. To find the endpoint, calls the method on a copy of its resource
 * that records the request instead of sending it.
 */
function methodsOf(resource: Named, name: string): [string, string][] {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter(
    (each) => each !== "constructor" && !each.startsWith("_"),
  );
  return names.map((method) => [`${name}.${method}`, readEndpoint(resource, method)]);
}

function readEndpoint(resource: Named, method: string): string {
  let endpoint = "";
  const silent = Object.create(resource);
  silent._makeRequest = (verb: string, path: string) => {
    endpoint = `${verb} ${path.replaceAll(/ID\d/g, ":id")}`;
    return {};
  };
  (resource[method] as Method).call(silent, "ID1", "ID2", "ID3");
  return endpoint;
}
