// Collects the writes to a store and carries them out later. So an object that changes several times in a transaction
// is usually written only once.

import type { InternalStateOf } from "../internal-state";
import type { StoredObjectsQuery } from "../listing";
import type { StoredObject, StripeObjectKind, StripeObjectsByKind } from "../objects";
import type { Store } from "../store";

const MAX_HELD = 3_000;

type Held = {
  account: string;
  object: StoredObject;
  internalState: unknown;
};

export function withBufferedWrites(store: Store) {
  let held = new Map<string, Held>();
  const kinds = new Set<StripeObjectKind>();
  const endpoints = new Map<string, StripeObjectsByKind["webhook_endpoint"][]>();

  function flush(): void {
    const writing = held;
    held = new Map();
    kinds.clear();
    for (const { account, object, internalState } of writing.values()) store.put(account, object, internalState);
  }

  function put(account: string, object: StoredObject, internalState?: unknown): void {
    const name = `${account} ${object.id}`;
    kinds.add(object.object);
    held.set(name, { account, object, internalState: internalState ?? held.get(name)?.internalState });
    if (held.size > MAX_HELD) flush();
  }

  function findHeld(account: string, id: string): Held | null {
    return held.get(`${account} ${id}`) ?? null;
  }

  function find<K extends StripeObjectKind>(account: string, kind: K, id: string): StripeObjectsByKind[K] | null {
    const object = findHeld(account, id)?.object ?? store.findAny(account, id);
    return isOf(object, kind) ? object : null;
  }

  function list<K extends StripeObjectKind>(
    account: string,
    kind: K,
    query: StoredObjectsQuery,
  ): StripeObjectsByKind[K][] {
    if (kinds.has(kind)) flush();
    return store.list(account, kind, query);
  }

  /** Reads the endpoints only once: each event needs them, and they do not change while the history is created. */
  function listEndpoints(account: string): StripeObjectsByKind["webhook_endpoint"][] {
    const cached = endpoints.get(account) ?? store.listEndpoints(account);
    endpoints.set(account, cached);
    return cached;
  }

  const buffered: Store = {
    ...store,
    put,
    find,
    list,
    listEndpoints,
    findAny: (account, id) => findHeld(account, id)?.object ?? store.findAny(account, id),
    internalState: <K extends StripeObjectKind>(account: string, id: string) =>
      (findHeld(account, id)?.internalState as InternalStateOf<K> | undefined) ?? store.internalState<K>(account, id),
  };
  return { store: buffered, flush };
}

function isOf<K extends StripeObjectKind>(
  object: StoredObject | null,
  kind: K,
): object is StoredObject & StripeObjectsByKind[K] {
  return object?.object === kind;
}
