// Accepts a report of a reader's device, and returns what a device must know before it reports. Reads no identity, no cookie and no
// referrer.
import "server-only";
import { dayNumberOf } from "../../domain/appeal/experiment";
import type { LiveExperiment } from "../../domain/appeal/experiments";
import { countKeysOf, parseReport } from "../../domain/appeal/reports";
import { dayOn } from "../../domain/calendar";
import { publication } from "../../publication";
import { findKnownVariants } from "../appeals/known-variants";
import { clientAddress } from "../client-address";
import { currentTime } from "../clock";
import { findArticleById } from "../content";
import { database } from "../database";
import { env } from "../env";
import { isSameOrigin } from "../origin";
import { newClientLimit } from "./client-limit";
import { addToPendingCounts } from "./counter";
import { getCachedLiveExperiment } from "./live-experiment";

export type ReportStatus = 204 | 403 | 404 | 422 | 429 | 503;

const mayReport = newClientLimit();

/**
 * If it becomes known that a reader saw an appeal, the reader may be in danger. So under high risk devices report nothing, and no
 * experiment runs.
 */
function isCounting(): boolean {
  return env().OUTLET_RISK !== "high";
}

/** The data that a device needs before it reports: today, and the running experiment. Null if nothing is counted. */
export async function findReportTerms(): Promise<{ day: number; experiment: LiveExperiment | null } | null> {
  return isCounting() ? { day: dayNumberOf(currentTime()), experiment: await getCachedLiveExperiment() } : null;
}

export async function acceptReport(text: string, headers: Headers): Promise<ReportStatus> {
  if (!isSameOrigin({ headers })) return 403;
  if (!isCounting()) return 404;
  const now = currentTime();
  if (!mayReport(clientAddress(headers, env().TRUSTED_PROXY_HOPS), now.getTime())) return 429;
  const known = { hasArticle, hasVariant: await findKnownVariants(), experiment: await getCachedLiveExperiment() };
  const report = parseReport(text, known);
  if (!report) return 422;
  const day = dayOn(now, publication.timeZone);
  return addToPendingCounts(countKeysOf(report, { day, dayNumber: dayNumberOf(now) }), database) ? 204 : 503;
}

function hasArticle(id: string): boolean {
  return findArticleById(id) !== null;
}
