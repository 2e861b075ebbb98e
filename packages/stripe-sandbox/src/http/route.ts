import type Stripe from "stripe";
import type { Account } from "../account";
import type { StoredObjectsQuery } from "../listing";
import type { StripeObjectKind, StripeObjectsByKind } from "../objects";
import { apiListOf } from "../objects";
import { invalidRequest, notFoundError } from "./errors";
import type { FormMap } from "./form";
import { type ChecksForUnknownParamValues, paramValueChecksFor } from "./known-values";
import type { ParamShape, ParsedParams } from "./params";
import { integer, list, readParams, requiredParam, text, timeRange } from "./params";

export type HttpMethod = "GET" | "POST" | "DELETE";

export type Route = {
  method: HttpMethod;
  pattern: RegExp;
  path: string;
  /** The endpoint's parameters, without `expand`. */
  shape: ParamShape;
  /**
   * Reads the parameters. Throws Stripe's parameter errors, or a 501 for what the stand-in does not support. Call the
   * returned `run` in a transaction.
   */
  read(form: FormMap, apiVersion?: string): { expand: string[]; run(account: Account, ids: string[]): object };
};

const expand = () => list(requiredParam(text()), { max: 20 });

/** Declares an endpoint. `run` gets the id in the URL's path as its last argument, or "" if the path has no id. */
export function route<S extends ParamShape>(
  endpoint: `${HttpMethod} /v1/${string}`,
  shape: S,
  run: (account: Account, params: ParsedParams<S>, id: string) => object,
): Route {
  return nestedRoute(endpoint, shape, (account, params, { id }) => run(account, params, id));
}

/** Declares an endpoint whose path contains two ids. */
export function nestedRoute<S extends ParamShape>(
  endpoint: `${HttpMethod} /v1/${string}`,
  shape: S,
  run: (account: Account, params: ParsedParams<S>, ids: { id: string; innerId: string }) => object,
): Route {
  const [method, path] = endpoint.split(" ") as [HttpMethod, string];
  const values = paramValueChecksFor(`${method} ${path.replaceAll(/:\w+/g, ":id")}`, shape);
  return {
    method,
    path,
    shape,
    pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "([^/]+)")}$`),
    read(form, apiVersion) {
      const { expand: expanded, ...rest } = form;
      const paths = expand().read(expanded, "expand") ?? [];
      const params = readKnown(Object.assign(Object.create(null), rest), { shape, values, apiVersion });
      return { expand: paths, run: (account, [id = "", innerId = ""]) => run(account, params, { id, innerId }) };
    },
  };
}

function readKnown<S extends ParamShape>(
  form: FormMap,
  { shape, values, apiVersion }: { shape: S; values: ChecksForUnknownParamValues; apiVersion: string | undefined },
): ParsedParams<S> {
  try {
    const params = readParams(form, shape);
    values.requireKnownValues(form);
    return params;
  } catch (failure) {
    throw values.refineParamError(failure, form, apiVersion);
  }
}

export function retrieveRoute(kind: StripeObjectKind, path: `/v1/${string}`, noun: string): Route {
  return route(`GET ${path}/:id`, {}, (account, _, id) => requireObject(account, kind, { id, noun }));
}

export const PAGINATION_PARAMS = {
  limit: integer({ min: 1, max: 100 }),
  starting_after: text(),
  ending_before: text(),
};
const CREATED = { created: timeRange() };

export function listRoute<K extends StripeObjectKind, S extends ParamShape>(
  kind: K,
  path: `/v1/${string}`,
  { shape, where }: { shape: S; where: (params: ParsedParams<S>) => StoredObjectsQuery["where"] },
): Route {
  return route(`GET ${path}`, { ...shape, ...PAGINATION_PARAMS, ...CREATED }, (account, params) => {
    const { created } = params as ParsedParams<typeof CREATED>;
    refuseUnknownCustomer(account, params);
    const paging = parsePagingParams(account, params as PageParams, kind);
    return listPage(account, { kind, path, where: where(params as ParsedParams<S>), created, ...paging });
  });
}

/**
 * Throws if the parameter `customer` names a customer that never existed. As at Stripe, the objects of a deleted
 * customer can still be listed.
 */
export function refuseUnknownCustomer(account: Account, params: Record<string, unknown>): void {
  const { customer } = params;
  if (typeof customer !== "string" || account.store.findTombstone(account.id, customer)) return;
  requireObject(account, "customer", { id: customer, noun: "customer", param: "customer" });
}

export function listPage<K extends StripeObjectKind>(
  account: Account,
  query: StoredObjectsQuery & { kind: K; path: string },
): Stripe.ApiList<StripeObjectsByKind[K]> {
  const limit = query.limit ?? 10;
  const rows = account.list(query.kind, { ...query, limit: limit + 1 });
  // If more objects exist than the page can contain, `rows` contains one extra row. Leaves out the extra row. It is the
  // first row if `endingBefore` is set, and otherwise the last row.
  const data = query.endingBefore ? rows.slice(-limit) : rows.slice(0, limit);
  return apiListOf(data, query.path, rows.length > limit);
}

type PageParams = ParsedParams<typeof PAGINATION_PARAMS>;

export function parsePagingParams(account: Account, params: PageParams, kind: StripeObjectKind) {
  if (params.starting_after && params.ending_before)
    throw invalidRequest("Received both ending_before and starting_after parameters. Please pass in only one.");
  for (const name of ["starting_after", "ending_before"] as const) {
    const id = params[name];
    if (id && !account.find(kind, id)) throw notFoundError(kind.replace(".", " "), id, name);
  }
  return { limit: params.limit ?? 10, startingAfter: params.starting_after, endingBefore: params.ending_before };
}

/** Returns a page of objects that are nested in another object, such as the lines of an invoice. Keeps their order. */
export function pageOfNestedList<T extends { id: string }>(
  lines: T[],
  path: string,
  params: PageParams,
): Stripe.ApiList<T> {
  const { starting_after: after, ending_before: before } = params;
  const limit = params.limit ?? 10;
  const placeOf = (id: string, param: string) => {
    const place = lines.findIndex((line) => line.id === id);
    if (place < 0) throw notFoundError("line item", id, param);
    return place;
  };
  const end = before ? placeOf(before, "ending_before") : lines.length;
  const start = after ? placeOf(after, "starting_after") + 1 : 0;
  if (before) return apiListOf(lines.slice(Math.max(0, end - limit), end), path, end > limit);
  return apiListOf(lines.slice(start, start + limit), path, start + limit < lines.length);
}

export function requireObject<K extends StripeObjectKind>(
  account: Account,
  kind: K,
  { id, noun, param = "id" }: { id: string; noun: string; param?: string },
): StripeObjectsByKind[K] {
  const object = account.find(kind, id);
  if (!object) throw notFoundError(noun, id, param);
  return object;
}
