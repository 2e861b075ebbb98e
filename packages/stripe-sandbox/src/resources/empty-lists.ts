// Answers requests for lists of objects that the stand-in does not support. These lists are always empty.

import { notFoundError } from "../http/errors";
import { type ParamShape, type ParsedParams, text, timeRange } from "../http/params";
import { PAGINATION_PARAMS, type Route, refuseUnknownCustomer, route } from "../http/route";
import { apiListOf } from "../objects";

const CREATED = { created: timeRange() };

const LISTS: [`/v1/${string}`, ParamShape][] = [
  ["/v1/application_fees", { charge: text(), ...CREATED }],
  ["/v1/billing/credit_grants", { customer: text(), customer_account: text() }],
  ["/v1/credit_notes", { customer: text(), customer_account: text(), invoice: text(), ...CREATED }],
  ["/v1/file_links", { expired: text(), file: text(), ...CREATED }],
  ["/v1/quotes", { customer: text(), customer_account: text(), status: text(), test_clock: text() }],
  ["/v1/reviews", CREATED],
  [
    "/v1/subscription_schedules",
    {
      customer: text(),
      customer_account: text(),
      scheduled: text(),
      canceled_at: timeRange(),
      completed_at: timeRange(),
      released_at: timeRange(),
      ...CREATED,
    },
  ],
  ["/v1/topups", { amount: timeRange(), status: text(), ...CREATED }],
  ["/v1/transfers", { destination: text(), transfer_group: text(), ...CREATED }],
];

export const emptyListRoutes: Route[] = LISTS.map(([path, shape]) =>
  route(`GET ${path}`, { ...shape, ...PAGINATION_PARAMS }, (account, params) => {
    refuseUnknownCustomer(account, params);
    const { starting_after: after, ending_before: before } = params as ParsedParams<typeof PAGINATION_PARAMS>;
    for (const [name, id] of Object.entries({ starting_after: after, ending_before: before }))
      if (id) throw notFoundError(path.split("/").at(-1)?.replace(/s$/, "") ?? "object", id, name);
    return apiListOf([], path);
  }),
);
