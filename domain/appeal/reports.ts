// Reports of what readers do with the appeal. A report contains only names that the site gave: nothing about the device
// or the person, and no time.
import type { Arm } from "./experiment";

/**
 * `first-shown`: the appeal was shown on this device for the first time in 30 days. `reminder`: the reader opened the
 * page that offers a reminder e-mail.
 */
export const APPEAL_EVENTS = ["shown", "first-shown", "opened", "closed", "already-gave", "reminder", "given"] as const;
/**
 * Reported when the device is first shown its variant or, in the control group, would have seen the banner
 * (exposure.ts). The site counts this event only for the experiment, not for the appeal.
 */
export const EXPERIMENT_EXPOSURE_EVENT = "exposed";
export type DeviceReportEvent = (typeof APPEAL_EVENTS)[number] | typeof EXPERIMENT_EXPOSURE_EVENT;

const PLACEMENTS = ["banner", "article", "give"];
export const NO_ARTICLE_PLACEHOLDER = "-";

export type AppealEventReport = {
  events: DeviceReportEvent[];
  placement: string;
  article: string;
  appeal: string;
  variant: string;
  /** The experiment that runs and the device's arm. Null if the device does not take part. */
  trial: { experiment: string; arm: string } | null;
};

/**
 * Decides which articles, variants and arms a report may name. A report with any other name is not counted, so that
 * nobody can fill the table with invented names.
 */
export type AllowedAppealEventReportNames = {
  hasArticle: (id: string) => boolean;
  hasVariant: (appeal: string, variant: string) => boolean;
  experiment: { id: string; arms: readonly Arm[]; isOpen: boolean } | null;
};

/**
 * Returns the report as a text: `events placement article appeal variant [experiment arm]`, with plus signs between the
 * events.
 */
export function formatDeviceReport({ events, placement, article, appeal, variant, trial }: AppealEventReport): string {
  const words = [events.join("+"), placement, article || NO_ARTICLE_PLACEHOLDER, appeal, variant];
  return [...words, ...(trial ? [trial.experiment, trial.arm] : [])].join(" ");
}

/**
 * Reads a report that formatDeviceReport() has written. Returns null if the report is not valid, or contains a name
 * that `known` does not allow.
 */
export function parseDeviceReport(text: string, known: AllowedAppealEventReportNames): AppealEventReport | null {
  const [names = "", placement = "", place = "", appeal = "", variant = "", experiment, arm, ...rest] = text.split(" ");
  const events = names.split("+");
  const article = place === NO_ARTICLE_PLACEHOLDER ? "" : place;
  const trial = experiment === undefined ? null : { experiment, arm: arm ?? "" };
  if (rest.length > 0 || !PLACEMENTS.includes(placement) || !events.every(isEvent)) return null;
  if (new Set(events).size < events.length || !known.hasVariant(appeal, variant)) return null;
  if (article !== "" && !known.hasArticle(article)) return null;
  const report = { events, placement, article, appeal, variant, trial };
  return isTrialKnown(report, known) ? report : null;
}

function isTrialKnown({ events, trial }: AppealEventReport, { experiment }: AllowedAppealEventReportNames): boolean {
  const isExposure = events.includes(EXPERIMENT_EXPOSURE_EVENT);
  if (!trial) return !isExposure;
  if (trial.experiment !== experiment?.id || !experiment.arms.some(({ arm }) => arm === trial.arm)) return false;
  return !isExposure || experiment.isOpen;
}

function isEvent(text: string): text is DeviceReportEvent {
  return text === EXPERIMENT_EXPOSURE_EVENT || APPEAL_EVENTS.some((event) => event === text);
}

export type ReportCounterKey =
  | { table: "appeal"; day: string; article: string; appeal: string; variant: string; placement: string; event: string }
  | { table: "experiment"; experiment: string; arm: string; day: number; event: string };

/**
 * Returns the counters that this report increases by one. `day`: today in the newsroom's time zone. `dayNumber`: today
 * in UTC, as days since 1970.
 */
export function listCountKeys(
  report: AppealEventReport,
  { day, dayNumber }: { day: string; dayNumber: number },
): ReportCounterKey[] {
  const { events, placement, article, appeal, variant, trial } = report;
  const appealEvents = events.filter((event) => event !== EXPERIMENT_EXPOSURE_EVENT);
  const ofAppeal = appealEvents.map(
    (event) => ({ table: "appeal", day, article, appeal, variant, placement, event }) as const,
  );
  if (!trial) return ofAppeal;
  return [...ofAppeal, ...events.map((event) => ({ table: "experiment", ...trial, day: dayNumber, event }) as const)];
}
