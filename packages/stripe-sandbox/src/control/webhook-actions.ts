// What one can do to webhooks from outside the API: see how deliveries went, send an event again, roll an endpoint's secret.
import { z } from "zod";
import { found } from "../http/route";
import { rollSecret } from "../resources/webhook-endpoints";
import { deliveriesOf } from "../webhooks/log";
import { resend } from "../webhooks/queue";
import { type Action, accountOf, action, WHOSE } from "./action";

const DAY_S = 24 * 3600;

export const webhookActions: Record<string, Action> = {
  resend: action(
    "The event is on its way again.",
    z.strictObject({ ...WHOSE, event: z.string(), endpoint: z.string().optional() }),
    (sandbox, { event: id, endpoint, ...whose }) => {
      const account = accountOf(sandbox, whose);
      const event = found(account, "event", id, "event");
      if (endpoint !== undefined) found(account, "webhook_endpoint", endpoint, "webhook endpoint");
      const deliveries = sandbox.store.transaction(() => resend(sandbox.store, account.id, event, endpoint ?? null));
      return { deliveries };
    },
  ),
  deliveries: action("", z.strictObject({ ...WHOSE, event: z.string() }), (sandbox, { event: id, ...whose }) => {
    const account = accountOf(sandbox, whose);
    const event = found(account, "event", id, "event");
    return { deliveries: deliveriesOf(account, event.id) };
  }),
  "roll-secret": action(
    "The secret is rolled.",
    z.strictObject({
      ...WHOSE,
      endpoint: z.string(),
      old_for_seconds: z.number().int().min(0).max(DAY_S).default(DAY_S),
    }),
    (sandbox, { endpoint: id, old_for_seconds: forS, ...whose }) => {
      const account = accountOf(sandbox, whose);
      const endpoint = found(account, "webhook_endpoint", id, "webhook endpoint");
      return sandbox.store.transaction(() => rollSecret(account, endpoint, { nowS: sandbox.sender.nowS(), forS }));
    },
  ),
};
