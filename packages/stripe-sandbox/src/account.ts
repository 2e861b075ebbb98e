import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { IdGenerator } from "./ids";
import type { InternalStateOf } from "./internal-state";
import type { StoredObjectsQuery } from "./listing";
import type { SettlementCurrency } from "./money";
import type { EventDataObject, StoredEvent, StoredObject, StripeObjectKind, StripeObjectsByKind } from "./objects";
import { API_VERSION } from "./objects";
import type { Store } from "./store";
import { publishEvent } from "./webhooks/queue";

export type CausingRequest = {
  requestId: string | null;
  idempotencyKey: string | null;
};
const NO_CALL: CausingRequest = { requestId: null, idempotencyKey: null };

export type AccountOptions = {
  id: string;
  livemode: boolean;
  /** The account's time, in Unix seconds. */
  now: () => number;
  newId: IdGenerator;
  baseUrl: string;
  /**
   * The API version of the call, from apiVersionOf(). The objects in answers have the shape of API_VERSION, whatever
   * the call's version is. Only the fields that can be expanded depend on it (http/expand.ts).
   */
  apiVersion?: string;
  /** True if the caller sent a Stripe-Version header; Stripe's command line sends none. */
  sentVersionHeader?: boolean;
  cause?: CausingRequest;
  scheduleDueObjectHandling?: () => void;
  /** The number of days for which an event can be fetched; null if there is no limit. */
  eventRetentionDays?: number | null;
  paysOut?: boolean;
  /** The only currency of the account's balance. If null, the account has a balance in each settlement currency. */
  settlementCurrency?: SettlementCurrency | null;
  /**
   * Runs work that Stripe does a moment after it has responded to the API call. If undefined, Account.later() runs this
   * work at once.
   */
  runLater?: (work: () => void) => void;
  /** Returns true for the event types to create. Without this function, all are created. */
  mayEmit?: (type: Stripe.Event.Type) => boolean;
};

export type Account = Pick<AccountOptions, "id" | "livemode" | "now" | "newId" | "baseUrl"> & {
  apiVersion: string;
  sentVersionHeader: boolean;
  eventRetentionDays: number | null;
  paysOut: boolean;
  settlementCurrency: SettlementCurrency | null;
  store: Store;
  put(object: StoredObject): void;
  putWithInternalState<K extends StripeObjectKind>(
    object: StripeObjectsByKind[K] & StoredObject,
    internalState: InternalStateOf<K>,
  ): void;
  find<K extends StripeObjectKind>(kind: K, objectId: string): StripeObjectsByKind[K] | null;
  get<K extends StripeObjectKind>(kind: K, objectId: string | null): StripeObjectsByKind[K];
  internalState<K extends StripeObjectKind>(objectId: string): InternalStateOf<K>;
  list<K extends StripeObjectKind>(kind: K, query?: StoredObjectsQuery): StripeObjectsByKind[K][];
  /** The same account with its clock set to another time, in Unix seconds. */
  atTime(seconds: number): Account;
  /**
   * Returns the same account, but with the time of the test clock with the id `clock`. If `clock` is null or does not
   * exist, the account keeps its own time.
   */
  onClock(clock: string | null): Account;
  scheduleDueObjectHandling(): void;
  /** Runs `work` once the response to the current API call is complete. Outside an API call, runs `work` at once. */
  later(work: () => void): void;
  emit(type: Stripe.Event.Type, object: EventDataObject, previous?: Record<string, unknown>): string | null;
};

export function createAccountHandle(store: Store, options: AccountOptions): Account {
  const {
    id,
    livemode,
    now,
    newId,
    baseUrl,
    apiVersion = API_VERSION,
    cause = NO_CALL,
    eventRetentionDays = null,
  } = options;
  return {
    id,
    livemode,
    now,
    newId,
    baseUrl,
    apiVersion,
    sentVersionHeader: options.sentVersionHeader ?? true,
    paysOut: options.paysOut ?? false,
    settlementCurrency: options.settlementCurrency ?? null,
    eventRetentionDays,
    store,
    put: (object) => store.put(id, object),
    putWithInternalState: (object, internalState) => store.put(id, object, internalState),
    find: (kind, objectId) => store.find(id, kind, objectId),
    get(kind, objectId) {
      const found = objectId === null ? null : store.find(id, kind, objectId);
      if (!found) throw new Error(`${kind} ${objectId} does not exist, but another object names it`);
      return found;
    },
    internalState<K extends StripeObjectKind>(objectId: string) {
      const found = store.internalState<K>(id, objectId);
      if (!found) throw new Error(`${objectId} has no internal state`);
      return found;
    },
    list: (kind, query = {}) => store.list(id, kind, query),
    atTime: (seconds) => createAccountHandle(store, { ...options, now: () => seconds }),
    onClock(clock) {
      const frozen = clock === null ? null : store.find(id, "test_helpers.test_clock", clock);
      return frozen
        ? createAccountHandle(store, { ...options, now: () => frozen.frozen_time })
        : createAccountHandle(store, options);
    },
    scheduleDueObjectHandling: () => options.scheduleDueObjectHandling?.(),
    later: (work) => (options.runLater ? options.runLater(work) : work()),

    emit(type, object, previous) {
      if (options.mayEmit && !options.mayEmit(type)) return null;
      const event: StoredEvent = {
        id: newId("evt_"),
        object: "event",
        api_version: API_VERSION,
        created: now(),
        data: previous ? { object, previous_attributes: previous } : { object },
        livemode,
        pending_webhooks: 0,
        request: { id: cause.requestId, idempotency_key: cause.idempotencyKey },
        type,
      };
      publishEvent({ store, id, newId }, event);
      return event.id;
    },
  };
}

const KEY = /^(sk|rk|pk)_(test|live)_[A-Za-z0-9_]{1,200}$/;

export function isApiKey(key: string): boolean {
  return KEY.test(key);
}

export function isPublishableKey(key: string): boolean {
  return key.startsWith("pk_");
}

/**
 * Derives the account's id from an API key. Keys that differ only in the prefix sk_, rk_ or pk_ belong to one account.
 */
export function accountIdOf(key: string): string {
  const secretKey = key.replace(/^(rk|pk)_/, "sk_");
  return `acct_${createHash("sha256").update(secretKey).digest("hex").slice(0, 16)}`;
}

export function otherModeKeyOf(key: string): string {
  return key.includes("_live_") ? key.replace("_live_", "_test_") : key.replace("_test_", "_live_");
}
