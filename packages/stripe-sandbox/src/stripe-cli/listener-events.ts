import type { StoredEvent } from "../objects";
import type { Store } from "../store";

export function latestObjectRowNumber(store: Store): number {
  return (store.sql("SELECT coalesce(max(seq), 0) AS place FROM objects").get() as { place: number }).place;
}

export function readNewEvents(
  store: Store,
  account: string,
  afterRow: number,
): { events: StoredEvent[]; lastRow: number } {
  // `NOT INDEXED` makes SQLite read by row number, so that it visits only new rows. With the index by time, it would
  // visit all events of the account.
  const text = `SELECT seq, json FROM objects NOT INDEXED WHERE seq > ? AND account = ? AND kind = 'event' ORDER BY seq`;
  const rows = store.sql(text).all(afterRow, account) as { seq: number; json: string }[];
  return { events: rows.map(({ json }) => JSON.parse(json)), lastRow: rows.at(-1)?.seq ?? afterRow };
}

export function requestResendToStripeCli(store: Store, account: string, event: string): void {
  store.sql("INSERT INTO asked_again (account, event) VALUES (?, ?)").run(account, event);
}

export function takeEventResendRequests(store: Store): { account: string; event: StoredEvent }[] {
  const rows = store.sql("SELECT account, event FROM asked_again ORDER BY id").all() as Row[];
  if (rows.length > 0) store.sql("DELETE FROM asked_again").run();
  return rows.flatMap(({ account, event: id }) => {
    const event = store.find(account, "event", id);
    return event ? [{ account, event }] : [];
  });
}

type Row = {
  account: string;
  event: string;
};
