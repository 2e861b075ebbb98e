// Counts what a device reports about the appeal: for example, that it showed the banner. Reads no cookie and no
// referrer.
import "server-only";
import { epochDayOf } from "../../domain/appeal/experiment";
import type { LiveExperiment } from "../../domain/appeal/experiments";
import { listCountKeys, parseDeviceReport } from "../../domain/appeal/reports";
import { dayOn } from "../../domain/calendar";
import { publication } from "../../publication";
import { getKnownVariantCheck } from "../appeals/known-variants";
import { clientIpAddressOrNetwork } from "../client-address";
import { currentTime } from "../clock";
import { findArticleById } from "../content";
import { database } from "../database";
import { env } from "../env";
import { isSameOrigin } from "../origin";
import { newReportLimiterPerIpAddress } from "./client-limit";
import { addToPendingCounts } from "./counter";
import { getCachedLiveExperiment } from "./live-experiment";

export type DeviceReportHttpStatus = 204 | 403 | 404 | 422 | 429 | 503;

const consumeReport = newReportLimiterPerIpAddress();

/** Returns false if OUTLET_RISK is high: readers can be in danger if it becomes known what they saw. */
function isCounting(): boolean {
  return env().OUTLET_RISK !== "high";
}

/**
 * Returns the settings that a device needs to report what the reader does with the appeal. Returns null if the site
 * does not count such reports.
 */
export async function findDeviceReportSettings(): Promise<{ day: number; experiment: LiveExperiment | null } | null> {
  return isCounting() ? { day: epochDayOf(currentTime()), experiment: await getCachedLiveExperiment() } : null;
}

export async function acceptDeviceReport(text: string, headers: Headers): Promise<DeviceReportHttpStatus> {
  if (!isSameOrigin({ headers })) return 403;
  if (!isCounting()) return 404;
  const now = currentTime();
  if (!consumeReport(clientIpAddressOrNetwork(headers, env().TRUSTED_PROXY_HOPS), now.getTime())) return 429;
  const names = { hasArticle, hasVariant: await getKnownVariantCheck(), experiment: await getCachedLiveExperiment() };
  const report = parseDeviceReport(text, names);
  if (!report) return 422;
  const day = dayOn(now, publication.timeZone);
  return addToPendingCounts(listCountKeys(report, { day, dayNumber: epochDayOf(now) }), database) ? 204 : 503;
}

function hasArticle(id: string): boolean {
  return findArticleById(id) !== null;
}
