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
  /** Total attempts per webhook, or Stripe's rule by mode. */
  tries?: number | "as-stripe";
  /** How long an endpoint may take to answer. */
  timeoutMs?: number;
  /** Days for which events can be fetched; at Stripe 30. No limit by default. */
  eventDays?: number | null;
  /** Makes ids and times repeat from run to run. */
  seed?: string | null;
  /** Automatic payouts; none by default. */
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
  /** A request id for a caller; reads use another sequence than writes. */
  newRequestId(request: { caller: string; isRead: boolean }): string;
  /** Advances the account's clock by a writing call; with a seed it stands still otherwise. */
  tick(account: string): Promise<void>;
  baseUrl: string;
  inFlight: Set<string>;
  now: () => number;
  /** Clocks that are advancing now, by account and clock. */
  turning: Map<string, Promise<void>>;
  isClosing: boolean;
  /** Refuses every new connection for the given time. */
  goAway(ms: number): void;
  /** Restarts from the file after the whole file was replaced. */
  startOver(): void;
  /** Deletes everything, or all of one account, and continues as after a start. */
  reset(account: string | null): void;
  account(id: string, options?: Partial<AccountOptions>): Account;
};
