// Time moved on from outside: an account's own clock, and with it all that hangs on no test clock; and what renewals do by it.
import { z } from "zod";
import { billingSettings, billingSettingsOf } from "../resources/billing-settings";
import { addIntervals } from "../resources/periods";
import type { Store } from "../store";
import { advanceAccount } from "../stories/due";
import { type Action, accountIdIn, action, Refusal, WHOSE } from "./action";

const HOUR = 3_600;
/** A renewal's invoice is a draft for an hour before it is charged. */
const AFTER_RENEWAL = HOUR + 60;

const asked = z.strictObject({
  ...WHOSE,
  by: z.enum(["hour", "day", "month", "next-renewal"]).optional(),
  days: z.number().int().min(1).max(800).optional(),
  seconds: z.number().int().min(1).max(63_072_000).optional(),
});

export const timeActions: Record<string, Action> = {
  advance: action("Time has moved on.", asked, async (sandbox, { by, days = 0, seconds = 0, ...whose }) => {
    const id = accountIdIn(sandbox, whose);
    const account = sandbox.account(id);
    const now = account.now();
    const given = seconds + days * 24 * HOUR;
    const to = by === undefined ? now + given : target(by, now, () => nextRenewal(sandbox.store, id));
    if (to <= now) throw new Refusal("say by how much: by, days or seconds");
    await advanceAccount(sandbox, id, to - now);
    return { now: sandbox.account(id).now() };
  }),
  "renewal-settings": action(
    "Renewals follow these settings now.",
    z.strictObject({ ...WHOSE, ...billingSettings.partial().shape }),
    (sandbox, { key, account, ...given }) => {
      const id = accountIdIn(sandbox, { key, account });
      const settings = billingSettings.parse({ ...billingSettingsOf(sandbox.account(id)), ...given });
      sandbox.store.setBilling(id, JSON.stringify(settings));
      return settings;
    },
  ),
};

type Step = NonNullable<z.infer<typeof asked>["by"]>;

function target(by: Step, now: number, renewal: () => number): number {
  if (by === "hour") return now + HOUR;
  if (by === "day") return now + 24 * HOUR;
  if (by === "month") return addIntervals(now, { interval: "month", interval_count: 1 }, 1);
  return renewal() + AFTER_RENEWAL;
}

/** The end of the earliest period that will be renewed, among subscriptions that hang on no test clock. */
function nextRenewal({ sql }: Store, account: string): number {
  const text = `SELECT min(json_extract(json, '$.items.data[0].current_period_end')) AS at FROM objects
    WHERE account = ? AND kind = 'subscription' AND clock IS NULL
      AND json_extract(json, '$.status') IN ('active', 'trialing', 'past_due')`;
  const { at } = sql(text).get(account) as { at: number | null };
  if (at === null) throw new Refusal("no subscription waits for a renewal");
  return at;
}
