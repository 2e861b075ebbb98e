// The data against which an experiment's plan is checked: the current appeal and its variants. Also the ids of experiments.
import "server-only";
import { randomInt } from "node:crypto";
import { isExperimentId } from "../../domain/appeal/exposure";
import type { PlanTerms } from "../../domain/appeal/plan-form";
import { publication } from "../../publication";
import { getAppealFor } from "../appeals/reader-appeal";
import { currentTime } from "../clock";
import { env } from "../env";

export async function findPlanTerms(): Promise<PlanTerms> {
  const { variants } = await getAppealFor(publication.defaultLanguage);
  const [{ id: appeal }] = variants;
  return { appeal, variants: variants.map(({ variant }) => variant), publication, now: currentTime() };
}

/** The path of an experiment's page. Its id comes from an address, so anything else leads to the list. */
export function experimentPath(id: string): string {
  return isExperimentId(id) ? `/newsroom/experiments/${id}` : "/newsroom/experiments";
}

/** Eight letters and digits: there are 36 to the power of 8 ids, so two experiments never share one. */
export function newExperimentId(): string {
  const letters = Array.from({ length: 8 }, () => randomInt(36).toString(36));
  return `x_${letters.join("")}`;
}

/** Under high risk devices report nothing (take-report.ts). */
export function mayExperimentsRun(): boolean {
  return env().OUTLET_RISK !== "high";
}
