import "server-only";
import { randomInt } from "node:crypto";
import { isExperimentId } from "../../domain/appeal/exposure";
import type { ExperimentPlanFormContext } from "../../domain/appeal/plan-form";
import { publication } from "../../publication";
import { getReaderAppeal } from "../appeals/reader-appeal";
import { currentTime } from "../clock";
import { env } from "../env";

export async function getPlanFormContext(): Promise<ExperimentPlanFormContext> {
  const { variants } = await getReaderAppeal(publication.defaultLanguage);
  const [{ id: appeal }] = variants;
  return { appeal, variants: variants.map(({ variant }) => variant), publication, now: currentTime() };
}

/**
 * Returns the path of the experiment's page. The id can come from a URL; if it is malformed, returns the path of the
 * list.
 */
export function experimentPath(id: string): string {
  return isExperimentId(id) ? `/newsroom/experiments/${id}` : "/newsroom/experiments";
}

/** Returns a random id. There are 36^8 such ids, so two experiments practically never get the same one. */
export function newExperimentId(): string {
  const letters = Array.from({ length: 8 }, () => randomInt(36).toString(36));
  return `x_${letters.join("")}`;
}

/** Returns false if the setting OUTLET_RISK is high, because devices then report nothing (accept-report.ts). */
export function mayExperimentsRun(): boolean {
  return env().OUTLET_RISK !== "high";
}
