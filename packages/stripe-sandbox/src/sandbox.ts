// The object that stands for the running stand-in in all of its parts, and the options that it starts with.
import type { Account, AccountOptions } from "./account";
import type { HistoryCreation } from "./history/creation";
import type { SettlementCurrency } from "./money";
import type { Store } from "./store";
import type { Sender } from "./webhooks/sender";

export type SandboxOptions = {
  /** Port on 127.0.0.1; 0, the default, takes any free port. */
  port?: number;
  /** Path of the SQLite file, or ":memory:", the default. */
  statePath?: string;
  /** Wait before the first retry of a webhook; doubles each time. 1,000 by default. */
  retryBaseMs?: number;
  /** Attempts per webhook, 16 by default; "as-stripe": as many as Stripe makes in test or live mode. */
  tries?: number | "as-stripe";
  /** How long an endpoint may take to answer; 10,000 by default. */
  timeoutMs?: number;
  /** Days for which events can be fetched; at Stripe 30. No limit by default. */
  eventDays?: number | null;
  /** Makes ids and times repeat from run to run. */
  seed?: string | null;
  /** Automatic payouts; none by default. */
  payouts?: "daily" | "manual";
  /** Converts every payment to this currency. By default there is a balance in each settlement currency. */
  settles?: SettlementCurrency | null;
  endpoint?: { url: string; secret: string; key: string } | null;
  /** Replaces the process's clock; Unix seconds. */
  now?: () => number;
  /** Replaces the webhook sender's clock; Unix milliseconds. */
  nowMs?: () => number;
};

export type Sandbox = {
  store: Store;
  sender: Sender;
  statePath: string;
  /** Returns an id for a caller's request. With a seed, reads and writes have separate sequences. */
  newRequestId(request: { caller: string; isRead: boolean }): string;
  /** Called for each API call that writes: with a seed, advances the account's clock by one second. */
  tick(account: string): Promise<void>;
  baseUrl: string;
  /** Idempotency keys of calls that are being handled, each prefixed with its account's id. */
  inFlight: Set<string>;
  now: () => number;
  /** Clocks that are advancing now, by account and test clock. A promise resolves when its clock has advanced. */
  advancing: Map<string, Promise<void>>;
  /** Histories that are being created, by account and seed. */
  histories: Map<string, HistoryCreation>;
  isClosing: boolean;
  /** Refuses every new connection for the given time. */
  refuseConnectionsFor(ms: number): void;
  /** Registers the endpoint from the options and restarts the webhook sender, after all stored data was replaced. */
  startOver(): void;
  /** Deletes the data of one account, or of all if null, and continues as after a start. */
  reset(account: string | null): void;
  account(id: string, options?: Partial<AccountOptions>): Account;
};
