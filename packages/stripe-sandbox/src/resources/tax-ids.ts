// Handles the calls for tax ids. They are stored as entered and not verified.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, notFoundError } from "../http/errors";
import type { ParsedParams } from "../http/params";
import { object, oneOf, requiredParam, text, unsupportedParam } from "../http/params";
import {
  listPage,
  nestedRoute,
  PAGINATION_PARAMS,
  parsePagingParams,
  type Route,
  requireObject,
  route,
} from "../http/route";
import { apiListOf } from "../objects";

const PATH = "/v1/customers/:id/tax_ids";
export const TAX_ID_CREATE_PARAMS = {
  type: requiredParam(text({ max: 30 })),
  value: requiredParam(text({ max: 100 })),
};

export function createTaxId(
  account: Account,
  customer: string,
  params: ParsedParams<typeof TAX_ID_CREATE_PARAMS>,
): Stripe.TaxId {
  const country = params.type === "eu_vat" ? params.value.slice(0, 2) : params.type.slice(0, 2);
  const taxId: Stripe.TaxId = {
    id: account.newId("txi_"),
    object: "tax_id",
    country: country.toUpperCase(),
    created: account.now(),
    customer,
    customer_account: null,
    livemode: account.livemode,
    owner: { customer, customer_account: null, type: "customer" },
    type: params.type,
    value: params.value,
    verification: { status: "pending", verified_address: null, verified_name: null },
  };
  account.put(taxId);
  account.emit("customer.tax_id.created", taxId);
  return taxId;
}

function ofCustomer(account: Account, customer: string, id: string): Stripe.TaxId {
  requireObject(account, "customer", { id: customer, noun: "customer" });
  const taxId = account.find("tax_id", id);
  if (taxId?.customer !== customer) throw notFoundError("tax id", id);
  return taxId;
}

function remove(account: Account, taxId: Stripe.TaxId): Stripe.DeletedTaxId {
  account.store.drop(account.id, taxId.id);
  account.emit("customer.tax_id.deleted", taxId);
  return { id: taxId.id, object: "tax_id", deleted: true };
}

const LISTED = {
  ...PAGINATION_PARAMS,
  owner: object({
    type: requiredParam(oneOf("account", "application", "customer", "self")),
    account: text(),
    customer: text(),
    customer_account: unsupportedParam(),
  }),
};

/** Lists a customer's tax ids. For any other type of owner the list is empty. */
function listAll(account: Account, params: ParsedParams<typeof LISTED>): object {
  const { type, customer } = params.owner ?? {};
  if (type !== "customer") return apiListOf([], "/v1/tax_ids");
  const param = "owner[customer]";
  if (!customer) throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  requireObject(account, "customer", { id: customer, noun: "customer", param });
  return listPage(account, {
    kind: "tax_id",
    path: "/v1/tax_ids",
    where: { customer },
    ...parsePagingParams(account, params, "tax_id"),
  });
}

export const taxIdRoutes: Route[] = [
  route("GET /v1/tax_ids", LISTED, listAll),
  route(`POST ${PATH}`, TAX_ID_CREATE_PARAMS, (account, params, id) =>
    createTaxId(account, requireObject(account, "customer", { id, noun: "customer" }).id, params),
  ),
  nestedRoute(`GET ${PATH}/:tax_id`, {}, (account, _, { id, innerId }) => ofCustomer(account, id, innerId)),
  nestedRoute(`DELETE ${PATH}/:tax_id`, {}, (account, _, { id, innerId }) =>
    remove(account, ofCustomer(account, id, innerId)),
  ),
  route(`GET ${PATH}`, PAGINATION_PARAMS, (account, params, id) => {
    requireObject(account, "customer", { id, noun: "customer" });
    const paging = parsePagingParams(account, params, "tax_id");
    return listPage(account, { kind: "tax_id", path: PATH.replace(":id", id), where: { customer: id }, ...paging });
  }),
];
