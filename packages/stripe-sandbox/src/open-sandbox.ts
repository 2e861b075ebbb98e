import { accountIdOf, createAccountHandle } from "./account";
import { advanceAccountClock } from "./payment-flows/handle-due-objects";
import { upsertWebhookEndpointFromSettings } from "./resources/webhook-endpoints";
import type { Sandbox, SandboxOptions } from "./sandbox";
import { createIdAndTimeSources } from "./seeding";
import type { Store } from "./store";
import type { WebhookSender } from "./webhooks/sender";

type Parts = {
  store: Store;
  sender: WebhookSender;
  /** The connected Stripe CLIs (`stripe listen`), which also get events. */
  listeners: { flush(): void };
  sweepClocks(): void;
  refuseConnectionsFor(ms: number): void;
};

export function openSandbox(parts: Parts, options: SandboxOptions & { statePath: string }): Sandbox {
  const { store, sender, listeners, refuseConnectionsFor } = parts;
  const seeding = createIdAndTimeSources(store, options.seed ?? null);
  const now = options.now ?? seeding.now;
  const sandbox: Sandbox = {
    store,
    sender: { ...sender, wake: wakeAll },
    statePath: options.statePath,
    newRequestId: seeding.requestIdOf,
    async tickIfSeeded(account) {
      if (seeding.secondsPerCall > 0) await advanceAccountClock(sandbox, account, seeding.secondsPerCall);
    },
    now,
    baseUrl: "http://127.0.0.1",
    inFlight: new Set(),
    advancing: new Map(),
    histories: new Map(),
    isClosing: false,
    refuseConnectionsFor,
    restartDeliveries: startOver,
    reset: (account) =>
      store.transaction(() => {
        store.reset(account);
        startOver();
      }),
    account: (id, more) => createAccountHandle(store, { ...accountOptions(id), ...more }),
  };

  function accountOptions(id: string) {
    return {
      id,
      livemode: isLive(store, id),
      now: () => now() + store.secondsAheadOf(id),
      newId: seeding.idsOf(id),
      baseUrl: sandbox.baseUrl,
      scheduleDueObjectHandling: () => void setImmediate(parts.sweepClocks),
      eventRetentionDays: options.eventDays,
      paysOut: options.payouts === "daily",
      settlementCurrency: options.settles,
    };
  }

  function wakeAll(): void {
    sender.wake();
    listeners.flush();
  }

  function startOver(): void {
    registerEndpointFromSettings(sandbox, options.endpoint);
    sender.startOver();
    listeners.flush();
  }
  return sandbox;
}

function isLive(store: Store, account: string): boolean {
  return store.listAccounts().some(({ id, livemode }) => id === account && livemode === 1);
}

export function registerEndpointFromSettings(sandbox: Sandbox, endpoint: SandboxOptions["endpoint"]): void {
  if (!endpoint) return;
  const { url, secret, key } = endpoint;
  const id = accountIdOf(key);
  sandbox.store.transaction(() => {
    sandbox.store.rememberAccount(id, key);
    upsertWebhookEndpointFromSettings(sandbox.account(id), { url, secret });
  });
}
