// Actions that advance an account's clock or change its renewal settings. Objects with a test clock do not follow the
// account's clock.
import { z } from "zod";
import { advanceAccountClock } from "../payment-flows/handle-due-objects";
import { addBillingIntervals } from "../resources/periods";
import { renewalSettingsOf, renewalSettingsSchema } from "../resources/renewal-settings";
import type { Store } from "../store";
import {
  ACCOUNT_LOOKUP_PARAMS,
  type Action,
  ControlActionRefusedError,
  defineAction,
  findOrCreateAccountId,
} from "./action";

const HOUR = 3_600;
/**
 * The number of seconds from the end of a period until the stand-in has charged the renewal. The renewal's invoice
 * first stays a draft for an hour. It stays a draft longer if an endpoint refuses `invoice.created`.
 */
const AFTER_RENEWAL = HOUR + 60;

const advanceParams = z.strictObject({
  ...ACCOUNT_LOOKUP_PARAMS,
  by: z.enum(["hour", "day", "month", "next-renewal"]).optional(),
  days: z.number().int().min(1).max(800).optional(),
  seconds: z.number().int().min(1).max(63_072_000).optional(),
});

export const timeActions: Record<string, Action> = {
  advance: defineAction(
    "Time has advanced.",
    advanceParams,
    async (sandbox, { by, days = 0, seconds = 0, ...owner }) => {
      const id = findOrCreateAccountId(sandbox, owner);
      const account = sandbox.account(id);
      const now = account.now();
      const step = seconds + days * 24 * HOUR;
      const to = by === undefined ? now + step : target(by, now, () => nextRenewal(sandbox.store, id));
      if (to <= now) throw new ControlActionRefusedError("name a step: `by`, `days` or `seconds`");
      await advanceAccountClock(sandbox, id, to - now);
      return { now: sandbox.account(id).now() };
    },
  ),
  "renewal-settings": defineAction(
    "The renewal settings are saved.",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, ...renewalSettingsSchema.partial().shape }),
    (sandbox, { key, account, ...changed }) => {
      const id = findOrCreateAccountId(sandbox, { key, account });
      const settings = renewalSettingsSchema.parse({ ...renewalSettingsOf(sandbox.account(id)), ...changed });
      sandbox.store.setRenewalSettingsJson(id, JSON.stringify(settings));
      return settings;
    },
  ),
};

type Step = NonNullable<z.infer<typeof advanceParams>["by"]>;

function target(by: Step, now: number, renewal: () => number): number {
  if (by === "hour") return now + HOUR;
  if (by === "day") return now + 24 * HOUR;
  if (by === "month") return addBillingIntervals(now, { interval: "month", interval_count: 1 }, 1);
  return renewal() + AFTER_RENEWAL;
}

function nextRenewal({ sql }: Store, account: string): number {
  const text = `SELECT min(json_extract(json, '$.items.data[0].current_period_end')) AS at FROM objects
    WHERE account = ? AND kind = 'subscription' AND clock IS NULL
      AND json_extract(json, '$.status') IN ('active', 'trialing', 'past_due')`;
  const { at } = sql(text).get(account) as { at: number | null };
  if (at === null) throw new ControlActionRefusedError("no subscription is due to renew");
  return at;
}
