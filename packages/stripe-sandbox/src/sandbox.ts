// The whole stand-in, put together: file, clock, sender, HTTP server.
import type { AddressInfo } from "node:net";
import { type Account, type AccountOptions, accountIdOf, openAccount } from "./account";
import { openServer } from "./http/server";
import { registerEndpoint } from "./resources/webhook-endpoints";
import { openSeeding } from "./seeding";
import { openStore, type Store } from "./store";
import { advanceAccount, runDue } from "./stories/due";
import { openListeners } from "./stripe-cli/listeners";
import { openSender, type Sender } from "./webhooks/sender";

export type SandboxOptions = {
  port: number;
  /** Path of the SQLite file, or ":memory:". */
  statePath: string;
  retryBaseMs: number;
  /** How often a webhook is tried in all, or as Stripe does it by mode. */
  tries?: number | "as-stripe";
  /** How long an endpoint may take to answer. */
  timeoutMs?: number;
  /** For how many days events can be fetched: with Stripe 30. Left out: for ever. */
  eventDays?: number | null;
  /** Makes ids and times repeat from run to run. */
  seed?: string | null;
  /** Automatic payouts; none, if not said. */
  payouts?: "daily" | "manual";
  endpoint?: { url: string; secret: string; key: string } | null;
  /** The process's clock, Unix seconds. */
  now?: () => number;
  /** The sender's clock, Unix milliseconds. */
  nowMs?: () => number;
};

export type Sandbox = {
  store: Store;
  sender: Sender;
  statePath: string;
  /** Names a call: by who makes it, and whether it only reads. */
  newRequestId(request: { caller: string; isRead: boolean }): string;
  /** Moves the account's clock for a writing call: under a seed it stands still otherwise. */
  tick(account: string): Promise<void>;
  baseUrl: string;
  inFlight: Set<string>;
  now: () => number;
  /** The clocks that are moving just now, by account and clock. */
  turning: Map<string, Promise<void>>;
  isClosing: boolean;
  /** Takes no connection for so long: every new one is refused. */
  goAway(ms: number): void;
  /** Begins anew with what the file holds now, after it was changed as a whole. */
  startOver(): void;
  /** Forgets everything, or all of one account, and goes on as at a start. */
  reset(account: string | null): void;
  account(id: string, options?: Partial<AccountOptions>): Account;
};

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
