// Limits how many reports one client can send. The counts are only in memory. A count is stored under a keyed hash of
// the IP address, and the hash's key changes every ten minutes.
import "server-only";
import { createHmac, randomBytes } from "node:crypto";

const WINDOW_MS = 10 * 60 * 1000;
/**
 * The maximum number of reports from one IP address in a window. It is high, because many readers can share an address.
 */
const MAX_REPORTS = 300;
const MAX_CLIENTS = 50_000;

/**
 * Returns a function that counts a report, and returns false if it must be refused. If `client` (the IP address) is
 * null, every report is accepted.
 */
export function newReportLimiterPerIpAddress({ maxReports = MAX_REPORTS, maxClients = MAX_CLIENTS } = {}) {
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
