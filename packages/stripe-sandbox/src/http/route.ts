// An endpoint: method, path, parameters, and one function. routes/table.ts lists them all.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { Query } from "../listing";
import type { Kind, Objects } from "../objects";
import { listOf } from "../objects";
import { invalid, missing } from "./errors";
import type { FormMap } from "./form";
import type { Read, Shape } from "./params";
import { integer, list, range, readParams, required, text } from "./params";
import { type KnownValues, knownValuesFor } from "./values";

export type Method = "GET" | "POST" | "DELETE";

export type Route = {
  method: Method;
  pattern: RegExp;
  path: string;
  /** Its parameters besides `expand`. */
  shape: Shape;
  /** Throws Stripe's parameter errors; the function it returns runs in one transaction. */
  read(form: FormMap, apiVersion?: string): { expand: string[]; run(account: Account, ids: string[]): object };
};

const expand = () => list(required(text()), { max: 20 });

/** The handler gets the `:id` of the path. */
export function route<S extends Shape>(
  address: `${Method} /v1/${string}`,
  shape: S,
  run: (account: Account, params: Read<S>, id: string) => object,
): Route {
  return nestedRoute(address, shape, (account, params, { id }) => run(account, params, id));
}

/** For objects that belong to another: the handler gets the `:id` and, as `innerId`, the second id of the path. */
export function nestedRoute<S extends Shape>(
  address: `${Method} /v1/${string}`,
  shape: S,
  run: (account: Account, params: Read<S>, ids: { id: string; innerId: string }) => object,
): Route {
  const [method, path] = address.split(" ") as [Method, string];
  const values = knownValuesFor(`${method} ${path.replaceAll(/:\w+/g, ":id")}`, shape);
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

function readKnown<S extends Shape>(
  form: FormMap,
  { shape, values, apiVersion }: { shape: S; values: KnownValues; apiVersion: string | undefined },
): Read<S> {
  try {
    const params = readParams(form, shape);
    values.check(form);
    return params;
  } catch (failure) {
    throw values.judge(failure, form, apiVersion);
  }
}

export function retrieveRoute(kind: Kind, path: `/v1/${string}`, noun: string): Route {
  return route(`GET ${path}/:id`, {}, (account, _, id) => found(account, kind, { id, noun }));
}

export const PAGE = { limit: integer({ min: 1, max: 100 }), starting_after: text(), ending_before: text() };
const CREATED = { created: range() };

export function listRoute<K extends Kind, S extends Shape>(
  kind: K,
  path: `/v1/${string}`,
  { shape, where }: { shape: S; where: (params: Read<S>) => Query["where"] },
): Route {
  return route(`GET ${path}`, { ...shape, ...PAGE, ...CREATED }, (account, params) => {
    const { created } = params as Read<typeof CREATED>;
    refuseUnknownCustomer(account, params);
    const paging = pageOf(account, params as PageParams, kind);
    return page(account, { kind, path, where: where(params as Read<S>), created, ...paging });
  });
}

/** For a customer that never existed Stripe answers an error, not an empty list. A deleted one still has its list. */
export function refuseUnknownCustomer(account: Account, params: Record<string, unknown>): void {
  const { customer } = params;
  if (typeof customer !== "string" || account.store.findBuried(account.id, customer)) return;
  found(account, "customer", { id: customer, noun: "customer", param: "customer" });
}

/** One page of a list, newest first. */
export function page<K extends Kind>(
  account: Account,
  query: Query & { kind: K; path: string },
): Stripe.ApiList<Objects[K]> {
  const limit = query.limit ?? 10;
  const rows = account.list(query.kind, { ...query, limit: limit + 1 });
  // Going backwards, the extra row is the one furthest from the cursor: the first.
  const data = query.endingBefore ? rows.slice(-limit) : rows.slice(0, limit);
  return listOf(data, query.path, rows.length > limit);
}

type PageParams = Read<typeof PAGE>;

export function pageOf(account: Account, params: PageParams, kind: Kind) {
  if (params.starting_after && params.ending_before)
    throw invalid("Received both ending_before and starting_after parameters. Please pass in only one.");
  for (const name of ["starting_after", "ending_before"] as const) {
    const id = params[name];
    if (id && !account.find(kind, id)) throw missing(kind.replace(".", " "), id, name);
  }
  return { limit: params.limit ?? 10, startingAfter: params.starting_after, endingBefore: params.ending_before };
}

/** One page of objects nested in another, in their own order, such as the lines of an invoice. */
export function pageOfLines<T extends { id: string }>(lines: T[], path: string, params: PageParams): Stripe.ApiList<T> {
  const { starting_after: after, ending_before: before } = params;
  const limit = params.limit ?? 10;
  const placeOf = (id: string, param: string) => {
    const place = lines.findIndex((line) => line.id === id);
    if (place < 0) throw missing("line item", id, param);
    return place;
  };
  const end = before ? placeOf(before, "ending_before") : lines.length;
  const start = after ? placeOf(after, "starting_after") + 1 : 0;
  if (before) return listOf(lines.slice(Math.max(0, end - limit), end), path, end > limit);
  return listOf(lines.slice(start, start + limit), path, start + limit < lines.length);
}

export function found<K extends Kind>(
  account: Account,
  kind: K,
  { id, noun, param = "id" }: { id: string; noun: string; param?: string },
): Objects[K] {
  const object = account.find(kind, id);
  if (!object) throw missing(noun, id, param);
  return object;
}
