// Handles the calls for tax rates. They are stored and returned, but no tax is added to a payment.
import type Stripe from "stripe";
import type { Account } from "../account";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, decimalString, oneOf, requiredParam, text } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { previousAttributes } from "./previous-attributes";

const CHANGES = {
  active: boolean(),
  country: text({ max: 2 }),
  description: text(),
  display_name: text({ max: 50 }),
  jurisdiction: text({ max: 50 }),
  metadata: METADATA_PARAM,
  state: text({ max: 2 }),
  tax_type: oneOf(
    ...(["gst", "hst", "igst", "jct", "lease_tax", "communications_tax", "pst", "qst", "rst", "sales_tax"] as const),
    ...(["amusement_tax", "retail_delivery_fee", "service_tax", "vat"] as const),
  ),
};
const NEW_RATE = {
  ...CHANGES,
  display_name: requiredParam(text({ max: 50 })),
  inclusive: requiredParam(boolean()),
  percentage: requiredParam(decimalString({ min: 0, max: 100 })),
};

function create(account: Account, params: ParsedParams<typeof NEW_RATE>): Stripe.TaxRate {
  const percentage = Number(params.percentage);
  const rate: Stripe.TaxRate = {
    id: account.newId("txr_"),
    object: "tax_rate",
    active: params.active ?? true,
    country: params.country ?? null,
    created: account.now(),
    description: params.description ?? null,
    display_name: params.display_name,
    effective_percentage: percentage,
    flat_amount: null,
    inclusive: params.inclusive,
    jurisdiction: params.jurisdiction ?? null,
    jurisdiction_level: null,
    livemode: account.livemode,
    metadata: withoutEmptyValues(params.metadata),
    percentage,
    rate_type: "percentage",
    state: params.state ?? null,
    tax_type: params.tax_type ?? null,
  };
  account.put(rate);
  account.emit("tax_rate.created", rate);
  return rate;
}

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.TaxRate {
  const before = requireObject(account, "tax_rate", { id, noun: "tax rate" });
  const after: Stripe.TaxRate = { ...before };
  for (const name of ["country", "description", "jurisdiction", "state", "tax_type"] as const)
    if (params[name] !== undefined) after[name] = params[name];
  after.active = params.active ?? before.active;
  after.display_name = params.display_name ?? before.display_name;
  after.metadata = mergeMetadata(before.metadata ?? {}, params.metadata);
  account.put(after);
  account.emit("tax_rate.updated", after, previousAttributes(before, after));
  return after;
}

export const taxRateRoutes: Route[] = [
  route("POST /v1/tax_rates", NEW_RATE, create),
  route("POST /v1/tax_rates/:id", CHANGES, update),
  retrieveRoute("tax_rate", "/v1/tax_rates", "tax rate"),
  listRoute("tax_rate", "/v1/tax_rates", {
    shape: { active: boolean(), inclusive: boolean() },
    where: (params) => ({
      "$.active": params.active,
      "$.inclusive": params.inclusive,
    }),
  }),
];
