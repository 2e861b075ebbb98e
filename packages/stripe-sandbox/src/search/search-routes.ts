import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import type { FormMap } from "../http/form";
import { integer, type ParsedParams, requiredParam, text } from "../http/params";
import { type Route, route } from "../http/route";
import type { StripeObjectKind, StripeObjectsByKind } from "../objects";
import { SEARCHABLE_RESOURCES, type SearchableResource, type SearchableResourceName } from "./fields";
import { searchSql } from "./sql";

const PARAMS = { query: requiredParam(text()), limit: integer({ min: 1, max: 100 }), page: text() };

type SearchResult = {
  object: "search_result";
  data: StripeObjectsByKind[StripeObjectKind][];
  has_more: boolean;
  next_page: string | null;
  total_count: number;
  url: string;
};

function searchRoute(name: SearchableResourceName): Route {
  const searchable: SearchableResource = SEARCHABLE_RESOURCES[name];
  const inner = route(`GET /v1/${name}/search`, PARAMS, (account, params) =>
    search(account, name, { searchable, params }),
  );
  return {
    ...inner,
    read(form) {
      const wantsTotal = Array.isArray(form.expand) && form.expand.includes("total_count");
      const call = inner.read(wantsTotal ? withoutTotal(form) : form);
      return {
        ...call,
        run(account, ids) {
          const { total_count, ...result } = call.run(account, ids) as SearchResult;
          return wantsTotal ? { ...result, total_count } : result;
        },
      };
    },
  };
}

/** Removes total_count from `expand`, because it is a number and not an object to expand. */
function withoutTotal({ expand, ...rest }: FormMap): FormMap {
  const others = Array.isArray(expand) ? expand.filter((path) => path !== "total_count") : [];
  return Object.assign(Object.create(null), rest, { expand: others });
}

function search(
  account: Account,
  name: SearchableResourceName,
  { searchable, params }: { searchable: SearchableResource; params: ParsedParams<typeof PARAMS> },
): SearchResult {
  const { kind } = searchable;
  const limit = params.limit ?? 10;
  const matching = searchSql(name, searchable, params.query);
  const startingAfter = params.page ? placeOf(account, kind, params.page) : null;
  const rows = account.list(kind, { matching, limit: limit + 1, startingAfter });
  const data = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  return {
    object: "search_result",
    data,
    has_more: hasMore,
    next_page: hasMore ? pageAfter(data.at(-1)?.id ?? "") : null,
    total_count: account.store.count(account.id, kind, { matching }),
    url: `/v1/${name}/search`,
  };
}

function pageAfter(id: string): string {
  return Buffer.from(id).toString("base64url");
}

function placeOf(account: Account, kind: StripeObjectKind, page: string): string {
  const id = Buffer.from(page, "base64url").toString();
  if (account.find(kind, id)) return id;
  throw invalidRequest("Invalid page: use the `next_page` of an earlier answer to the same query.", { param: "page" });
}

export const searchRoutes: Route[] = (Object.keys(SEARCHABLE_RESOURCES) as SearchableResourceName[]).map(searchRoute);
