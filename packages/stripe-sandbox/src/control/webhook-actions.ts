import { z } from "zod";
import { requireObject } from "../http/route";
import { rollSecret } from "../resources/webhook-endpoints";
import { listLoggedDeliveries } from "../webhooks/log";
import { requeueEvent } from "../webhooks/queue";
import { ACCOUNT_LOOKUP_PARAMS, type Action, defineAction, findOrCreateAccount } from "./action";

const DAY_S = 24 * 3600;

export const webhookControlActions: Record<string, Action> = {
  resend: defineAction(
    "The event is being resent.",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, event: z.string(), endpoint: z.string().optional() }),
    (sandbox, { event: id, endpoint, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      const event = requireObject(account, "event", { id, noun: "event" });
      if (endpoint !== undefined)
        requireObject(account, "webhook_endpoint", { id: endpoint, noun: "webhook endpoint" });
      const deliveries = sandbox.store.transaction(() =>
        requeueEvent(sandbox.store, account.id, { event, endpoint: endpoint ?? null }),
      );
      return { deliveries };
    },
  ),
  deliveries: defineAction(
    "",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, event: z.string() }),
    (sandbox, { event: id, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      const event = requireObject(account, "event", { id, noun: "event" });
      return { deliveries: listLoggedDeliveries(account, event.id) };
    },
  ),
  "roll-secret": defineAction(
    "The secret is rolled.",
    z.strictObject({
      ...ACCOUNT_LOOKUP_PARAMS,
      endpoint: z.string(),
      old_for_seconds: z.number().int().min(0).max(DAY_S).default(DAY_S),
    }),
    (sandbox, { endpoint: id, old_for_seconds: forS, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      const endpoint = requireObject(account, "webhook_endpoint", { id, noun: "webhook endpoint" });
      return sandbox.store.transaction(() =>
        rollSecret(account, endpoint, { nowSeconds: sandbox.sender.nowS(), overlapSeconds: forS }),
      );
    },
  ),
};
