// Limits how many reports one client may send. In this process's memory only: an address is a keyed hash for ten minutes, and then
// forgotten with its key.
import "server-only";
import { createHmac, randomBytes } from "node:crypto";

const WINDOW_MS = 10 * 60 * 1000;
/** The most reports of one client: many readers may share an address, and a reader sends about five with an article. */
const MOST_REPORTS = 300;
const MOST_CLIENTS = 50_000;

/** Returns a function that counts a report and says whether it may be taken. `client`: null if the address is unknown. */
export function newClientLimit({ most = MOST_REPORTS, mostClients = MOST_CLIENTS } = {}) {
  let endsAtMs = 0;
  let salt = randomBytes(16);
  const counts = new Map<string, number>();
  return (client: string | null, nowMs: number): boolean => {
    if (client === null) return true;
    if (nowMs >= endsAtMs) {
      endsAtMs = nowMs + WINDOW_MS;
      salt = randomBytes(16);
      counts.clear();
    }
    const key = createHmac("sha256", salt).update(client).digest("base64url");
    const count = (counts.get(key) ?? 0) + 1;
    if (count > most || (count === 1 && counts.size >= mostClients)) return false;
    counts.set(key, count);
    return true;
  };
}
