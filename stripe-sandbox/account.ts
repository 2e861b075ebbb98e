// An account is what one secret key sees: its own objects, its clock, its events. Every story is told through it.
import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { NewId } from "./ids";
import type { AsideOf, Kind, Objects, StoredEvent, StoredObject } from "./objects";
import { API_VERSION } from "./objects";
import type { Query, Store } from "./store";
import { queueDeliveries } from "./webhooks/queue";

export interface Cause {
  requestId: string | null;
  idempotencyKey: string | null;
}
const NOBODY: Cause = { requestId: null, idempotencyKey: null };

export interface AccountOptions {
  id: string;
  livemode: boolean;
  /** Unix seconds. */
  now: () => number;
  newId: NewId;
  /** Where this stand-in is reached, for the URLs inside objects. */
  baseUrl: string;
  /** What the caller speaks; objects always have the shape of API_VERSION. */
  apiVersion?: string;
  cause?: Cause;
  /** History asks for only the events that a handler needs. */
  emits?: (type: Stripe.Event.Type) => boolean;
}

export type Account = ReturnType<typeof openAccount>;

export function openAccount(store: Store, options: AccountOptions) {
  const { id, livemode, now, newId, baseUrl, apiVersion = API_VERSION, cause = NOBODY } = options;
  return {
    id,
    livemode,
    now,
    newId,
    baseUrl,
    apiVersion,
    store,
    put: (object: StoredObject) => store.put(id, object),
    putWithAside: <K extends Kind>(object: Objects[K] & StoredObject, aside: AsideOf<K>) =>
      store.put(id, object, aside),
    find: <K extends Kind>(kind: K, objectId: string) => store.find(id, kind, objectId),
    get<K extends Kind>(kind: K, objectId: string | null): Objects[K] {
      const found = objectId === null ? null : store.find(id, kind, objectId);
      if (!found) throw new Error(`${kind} ${objectId} is referred to and not there`);
      return found;
    },
    aside<K extends Kind>(objectId: string): AsideOf<K> {
      const found = store.aside<K>(id, objectId);
      if (!found) throw new Error(`${objectId} has no aside`);
      return found;
    },
    list: <K extends Kind>(kind: K, query: Query = {}) => store.list(id, kind, query),

    /** The event's object is a snapshot: later changes to it do not show. */
    emit(type: Stripe.Event.Type, object: StoredObject, previous?: Record<string, unknown>): string | null {
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
      const endpoints = queueDeliveries(store, id, event);
      store.put(id, { ...event, pending_webhooks: endpoints });
      return event.id;
    },
  };
}

/** Keys are never stored: an account's id is derived from its key. */
export function accountIdOf(key: string): string {
  return `acct_${createHash("sha256").update(key).digest("hex").slice(0, 16)}`;
}

export function isSecretKey(key: string): boolean {
  return /^(sk|rk)_(test|live)_[A-Za-z0-9_]{1,200}$/.test(key);
}
