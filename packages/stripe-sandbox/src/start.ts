// The whole stand-in, put together: file, clock, sender, HTTP server.
import type { AddressInfo } from "node:net";
import { accountIdOf, openAccount } from "./account";
import { openServer } from "./http/server";
import { registerEndpoint } from "./resources/webhook-endpoints";
import type { Sandbox, SandboxOptions } from "./sandbox";
import { openSeeding } from "./seeding";
import { openStore, type Store } from "./store";
import { advanceAccount, runDue } from "./stories/due";
import { openListeners } from "./stripe-cli/listeners";
import { openSender } from "./webhooks/sender";

const SWEEP_EVERY_MS = 1_000;

export async function startSandbox(options: SandboxOptions) {
  const store = openStore(options.statePath);
  const sender = openSender(store, {
    baseMs: options.retryBaseMs,
    tries: options.tries ?? 16,
    timeoutMs: options.timeoutMs,
    nowMs: options.nowMs,
  });
  const listeners = openListeners(store);
  const seeding = openSeeding(store, options.seed ?? null);
  const now = options.now ?? seeding.now;
  const sandbox: Sandbox = {
    store,
    sender: { ...sender, poke: wakeAll },
    statePath: options.statePath,
    newRequestId: seeding.requestIdOf,
    async tick(account) {
      if (seeding.secondsPerCall > 0) await advanceAccount(sandbox, account, seeding.secondsPerCall);
    },
    now,
    baseUrl: `http://127.0.0.1:${options.port}`,
    inFlight: new Set(),
    turning: new Map(),
    isClosing: false,
    goAway(ms) {
      const { port } = new URL(sandbox.baseUrl);
      server.close();
      clearTimeout(away);
      away = setTimeout(() => server.listen(Number(port), "127.0.0.1"), ms);
    },
    startOver() {
      if (options.endpoint) register(sandbox, options.endpoint);
      sender.startOver();
      listeners.flush();
    },
    reset(account) {
      store.transaction(() => {
        store.reset(account);
        sandbox.startOver();
      });
    },
    account: (id, more) => {
      const nowAhead = () => now() + store.aheadOf(id);
      return openAccount(store, {
        id,
        livemode: isLive(store, id),
        now: nowAhead,
        newId: seeding.idsOf(id),
        baseUrl: sandbox.baseUrl,
        wake: () => void setImmediate(sweepClocks),
        eventDays: options.eventDays,
        paysOut: options.payouts === "daily",
        ...more,
      });
    },
  };
  let away: NodeJS.Timeout | undefined;
  const server = openServer(sandbox, listeners.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port, "127.0.0.1", resolve);
  });
  sandbox.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (options.endpoint) register(sandbox, options.endpoint);
  const sweep = setInterval(sweepClocks, SWEEP_EVERY_MS);
  sender.poke();

  function wakeAll(): void {
    sender.poke();
    listeners.flush();
  }

  function sweepClocks(): void {
    if (!sandbox.isClosing) void runDue(sandbox);
  }

  async function close(): Promise<void> {
    clearInterval(sweep);
    clearTimeout(away);
    sandbox.isClosing = true;
    await Promise.all(sandbox.turning.values());
    sender.close();
    listeners.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    store.close();
  }
  return { url: sandbox.baseUrl, sandbox, close };
}

function isLive(store: Store, account: string): boolean {
  return store.listAccounts().some(({ id, livemode }) => id === account && livemode === 1);
}

function register(sandbox: Sandbox, { url, secret, key }: { url: string; secret: string; key: string }): void {
  const id = accountIdOf(key);
  sandbox.store.transaction(() => {
    sandbox.store.rememberAccount(id, key);
    registerEndpoint(sandbox.account(id), { url, secret });
  });
}
