// An account is what one secret key sees: its objects, clock and events. Every story runs on an account.
import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { NewId } from "./ids";
import type { InternalStateOf } from "./internal-state";
import type { Query } from "./listing";
import type { EventObject, Kind, Objects, StoredEvent, StoredObject } from "./objects";
import { API_VERSION } from "./objects";
import type { Store } from "./store";
import { publish } from "./webhooks/queue";

export type Cause = {
  requestId: string | null;
  idempotencyKey: string | null;
};
const NOBODY: Cause = { requestId: null, idempotencyKey: null };

export type AccountOptions = {
  id: string;
  livemode: boolean;
  /** Unix seconds. */
  now: () => number;
  newId: NewId;
  /** This stand-in's URL, for the URLs inside objects. */
  baseUrl: string;
  /** The caller's version; objects always have the shape of API_VERSION. */
  apiVersion?: string;
  /** True if the caller sent the version; Stripe's command line does not. */
  namesVersion?: boolean;
  cause?: Cause;
  /** Wakes the clocks after the call. */
  wake?: () => void;
  /** Days after which events can no longer be read; null: never. */
  eventDays?: number | null;
  /** True if available money is paid out daily. */
  paysOut?: boolean;
  /** Runs work that Stripe does a moment after its answer; without this, the work is done at once. */
  later?: (work: () => void) => void;
  /** Filters events, because a simulated history creates only those that a handler needs. */
  emits?: (type: Stripe.Event.Type) => boolean;
};

export type Account = Pick<AccountOptions, "id" | "livemode" | "now" | "newId" | "baseUrl"> & {
  apiVersion: string;
  namesVersion: boolean;
  eventDays: number | null;
  paysOut: boolean;
  store: Store;
  put(object: StoredObject): void;
  putWithInternalState<K extends Kind>(object: Objects[K] & StoredObject, internalState: InternalStateOf<K>): void;
  find<K extends Kind>(kind: K, objectId: string): Objects[K] | null;
  /** Throws if there is none, which must not happen for an object that another one names. */
  get<K extends Kind>(kind: K, objectId: string | null): Objects[K];
  internalState<K extends Kind>(objectId: string): InternalStateOf<K>;
  list<K extends Kind>(kind: K, query?: Query): Objects[K][];
  /** The same account at another time, Unix seconds. */
  at(seconds: number): Account;
  /** The same account on a test clock, or on its own clock. */
  onClock(clock: string | null): Account;
  /** Wakes the clocks soon after this call. */
  wake(): void;
  /** Runs work after the current call is answered, or at once if no call waits. */
  later(work: () => void): void;
  /** Stores an event and its deliveries; null if no event is created. The event keeps a snapshot of the object. */
  emit(type: Stripe.Event.Type, object: EventObject, previous?: Record<string, unknown>): string | null;
};

export function openAccount(store: Store, options: AccountOptions): Account {
  const { id, livemode, now, newId, baseUrl, apiVersion = API_VERSION, cause = NOBODY, eventDays = null } = options;
  return {
    id,
    livemode,
    now,
    newId,
    baseUrl,
    apiVersion,
    namesVersion: options.namesVersion ?? true,
    paysOut: options.paysOut ?? false,
    eventDays,
    store,
    put: (object) => store.put(id, object),
    putWithInternalState: (object, internalState) => store.put(id, object, internalState),
    find: (kind, objectId) => store.find(id, kind, objectId),
    get(kind, objectId) {
      const found = objectId === null ? null : store.find(id, kind, objectId);
      if (!found) throw new Error(`${kind} ${objectId} does not exist, but another object names it`);
      return found;
    },
    internalState<K extends Kind>(objectId: string) {
      const found = store.internalState<K>(id, objectId);
      if (!found) throw new Error(`${objectId} has no internalState`);
      return found;
    },
    list: (kind, query = {}) => store.list(id, kind, query),
    at: (seconds) => openAccount(store, { ...options, now: () => seconds }),
    onClock(clock) {
      const frozen = clock === null ? null : store.find(id, "test_helpers.test_clock", clock);
      return frozen ? openAccount(store, { ...options, now: () => frozen.frozen_time }) : openAccount(store, options);
    },
    wake: () => options.wake?.(),
    later: (work) => (options.later ? options.later(work) : work()),

    emit(type, object, previous) {
      if (options.emits && !options.emits(type)) return null;
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
      publish({ store, id, newId }, event);
      return event.id;
    },
  };
}

const KEY = /^(sk|rk|pk)_(test|live)_[A-Za-z0-9_]{1,200}$/;

export function isKey(key: string): boolean {
  return KEY.test(key);
}

export function isPublishableKey(key: string): boolean {
  return key.startsWith("pk_");
}

/** Derived from the key, which is never stored. Secret, restricted and publishable keys of the same letters share an account. */
export function accountIdOf(key: string): string {
  const secretKey = key.replace(/^(rk|pk)_/, "sk_");
  return `acct_${createHash("sha256").update(secretKey).digest("hex").slice(0, 16)}`;
}

/** The same account's key in its other mode. */
export function twinKeyOf(key: string): string {
  return key.includes("_live_") ? key.replace("_live_", "_test_") : key.replace("_test_", "_live_");
}
