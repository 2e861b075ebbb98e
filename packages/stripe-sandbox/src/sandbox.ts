import type { Account, AccountOptions } from "./account";
import type { StartedHistoryCreation } from "./history/creation";
import type { SettlementCurrency } from "./money";
import type { Store } from "./store";
import type { WebhookSender } from "./webhooks/sender";

export type SandboxOptions = {
  /** The port on 127.0.0.1. The default 0 takes any free port. */
  port?: number;
  /** The path of the SQLite file. The default ":memory:" keeps all data in memory. */
  statePath?: string;
  /** Milliseconds before the first retry of a webhook; 1,000 by default. */
  retryBaseMs?: number;
  /**
   * The number of delivery attempts per webhook, 16 by default. "as-stripe" means as many as Stripe makes in test or
   * live mode.
   */
  tries?: number | "as-stripe";
  /** The time within which a webhook endpoint must answer, in milliseconds; 10,000 by default. */
  timeoutMs?: number;
  /** The number of days for which events can be fetched (30 at Stripe); by default no limit. */
  eventDays?: number | null;
  /** With the same seed, the same calls create the same ids and times. */
  seed?: string | null;
  /**
   * "daily": the available balance is paid out whenever pending money becomes available; for card payments, that is at
   * midnight UTC. By default there are no automatic payouts.
   */
  payouts?: "daily" | "manual";
  /**
   * The only currency of the balance, to which every payment is converted. By default there is a balance in each
   * settlement currency.
   */
  settles?: SettlementCurrency | null;
  endpoint?: { url: string; secret: string; key: string } | null;
  /** Replaces the system clock; returns Unix seconds. */
  now?: () => number;
  /** Replaces the clock of the webhook sender; returns Unix milliseconds. */
  nowMs?: () => number;
};

export type Sandbox = {
  store: Store;
  sender: WebhookSender;
  statePath: string;
  /**
   * Returns a new id for an API request. With a seed, requests that only read data take their ids from a separate
   * sequence.
   */
  newRequestId(request: { caller: string; isRead: boolean }): string;
  /** With a seed, advances the account's clock by one second. */
  tickIfSeeded(account: string): Promise<void>;
  baseUrl: string;
  /** Idempotency keys of calls that are being handled, each prefixed with its account's id. */
  inFlight: Set<string>;
  now: () => number;
  /**
   * A promise for each clock that is advancing, or that withClockHeld() stops: a test clock or an account's own clock.
   * The key names the account and the clock. The promise resolves when the work on the clock has ended, even if it
   * failed.
   */
  advancing: Map<string, Promise<void>>;
  histories: Map<string, StartedHistoryCreation>;
  isClosing: boolean;
  refuseConnectionsFor(ms: number): void;
  /**
   * Registers `options.endpoint` again and restarts the sender. Call it after all stored data was replaced.
   */
  restartDeliveries(): void;
  /** Deletes the account's data. Null: the data of all accounts. */
  reset(account: string | null): void;
  account(id: string, options?: Partial<AccountOptions>): Account;
};
