// Limits how many reports one client may send. The counts are in memory only. An IP address becomes a keyed hash; the key and
// the counts are deleted after ten minutes.
import "server-only";
import { createHmac, randomBytes } from "node:crypto";

const WINDOW_MS = 10 * 60 * 1000;
/**
 * The maximum number of reports of one client. Many readers may share an IP address, and each sends about five reports per
 * article.
 */
const MAX_REPORTS = 300;
const MAX_CLIENTS = 50_000;

/**
 * Returns a function that counts a report and returns true if it may be accepted. `client`: the IP address. If it is null
 * (unknown), every report may be accepted.
 */
export function newClientLimit({ maxReports = MAX_REPORTS, maxClients = MAX_CLIENTS } = {}) {
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
    if (count > maxReports || (count === 1 && counts.size >= maxClients)) return false;
    counts.set(key, count);
    return true;
  };
}
