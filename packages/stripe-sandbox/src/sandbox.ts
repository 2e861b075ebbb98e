// The running stand-in, as its parts see it, and the options that it starts with.
import type { Account, AccountOptions } from "./account";
import type { Store } from "./store";
import type { Sender } from "./webhooks/sender";

export type SandboxOptions = {
  /** On 127.0.0.1; 0, the default, takes any that is free. */
  port?: number;
  /** Path of the SQLite file, or ":memory:", the default. */
  statePath?: string;
  /** Wait before the first retry of a webhook; doubles each time. 1,000 unless said. */
  retryBaseMs?: number;
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
