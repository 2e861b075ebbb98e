// Shows this device its variant of the running experiment, and reports what readers do with the appeal. A report
// contains nothing that identifies the device. If the server does not answer, the page keeps showing the first variant,
// and nothing is reported.
import { assignArm } from "../../domain/appeal/assignment";
import { HOLD_OUT_ARM } from "../../domain/appeal/experiment";
import { ensureExperimentSeed } from "../../domain/appeal/experiment-memory";
import type { LiveExperiment } from "../../domain/appeal/experiments";
import { type AppealEventReport, type DeviceReportEvent, formatDeviceReport } from "../../domain/appeal/reports";
import { findElement } from "./find-element";
import { isInSight, runWhenNearViewport } from "./page-state";
import { updateReaderMemory } from "./reader-memory";

const REPORT_PATH = "/api/count";
const TIMEOUT_MS = 3_000;

type Terms = { day: number; experiment: LiveExperiment | null };
/**
 * This device's part in the experiment. `day`: today in UTC, as days since 1970. `isNew`: the site has not yet counted
 * that this device showed its variant. `isEndComparable`: true if the appeal at the end of the article can differ
 * between the variants (mayDiffer()).
 */
type Trial = { day: number; experiment: string; arm: string; isNew: boolean; isEndComparable: boolean };

let terms: Promise<Terms | null> | undefined;
let trial: Promise<Trial | null> | undefined;

/**
 * Returns true if the page has a banner and its URL chooses a variant, for example `?variant=b`. Colleagues use such
 * URLs to look at a variant. Such a visit is never counted.
 */
export function isVariantForcedByUrl(): boolean {
  return findElement("[data-banner]") !== null && forcedVariant() !== null;
}

function forcedVariant(): string | null {
  return new URLSearchParams(location.search).get("variant");
}

export function takePartInExperimentOnPage(): void {
  const end = findElement("[data-appeal-end] [data-words]");
  if (isVariantForcedByUrl()) showVariant(forcedVariant() ?? "");
  else if (end) {
    runWhenNearViewport(end, "800px", () => void joinTrial());
    runWhenNearViewport(end, "0px", () => void reportAppealShown("article"));
  }
}

/**
 * Assigns this device to a variant of the running experiment, or to its control group. Returns true if the device is in
 * the control group, which sees no banner unless the reader asks for it.
 */
export async function isHeldOutAfterAssigningArm(): Promise<boolean> {
  return (await joinTrial())?.arm === HOLD_OUT_ARM;
}

/**
 * Assigns the device its variant and shows it, unless the device is in the control group. Returns null if the device
 * does not take part. Later calls on the page return the same result.
 */
function joinTrial(): Promise<Trial | null> {
  trial ??= join();
  return trial;
}

async function join(): Promise<Trial | null> {
  const { day, experiment } = (await askTerms()) ?? { day: 0, experiment: null };
  if (!experiment?.arms.every(({ arm }) => arm === HOLD_OUT_ARM || hasWords(arm))) return null;
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  const memory = updateReaderMemory((reader) => ({
    ...reader,
    trial: ensureExperimentSeed(reader.trial, seed),
  }))?.trial;
  if (!memory) return null;
  const seen = memory.seen?.experiment === experiment.id ? memory.seen : null;
  if (!seen && !experiment.isOpen) return null;
  const arm = seen?.arm ?? assignArm(experiment, memory.seed);
  const isEndComparable = mayDiffer(findElement("[data-appeal-end] [data-words]"), experiment.arms);
  if (arm !== HOLD_OUT_ARM) showVariant(arm);
  return { day, experiment: experiment.id, arm, isNew: !seen, isEndComparable };
}

/**
 * Fetches the running experiment, once for each page. Returns null if the server does not answer with success, or if
 * the URL chooses a variant. If this function returns null, the page assigns no variant to the device and reports
 * nothing.
 */
function askTerms(): Promise<Terms | null> {
  terms ??= (async () => {
    if (isVariantForcedByUrl()) return null;
    const answer = await fetch(REPORT_PATH, { credentials: "omit", signal: AbortSignal.timeout(TIMEOUT_MS) });
    return answer.ok ? answer.json() : null;
  })().catch(() => null);
  return terms;
}

function hasWords(variant: string): boolean {
  const words = findElement("[data-banner] [data-words]");
  return words !== null && (words.dataset.words === variant || templateOf(words, variant) !== null);
}

function templateOf(words: HTMLElement, variant: string): HTMLTemplateElement | null {
  return findElement(`template[data-variant="${CSS.escape(variant)}"]`, words);
}

/**
 * Returns true if the reader cannot see this text yet, and at least one variant has another text for it. The result
 * must not depend on this device's variant.
 */
function mayDiffer(words: HTMLElement | null, arms: LiveExperiment["arms"]): boolean {
  return words !== null && !isInSight(words) && arms.some(({ arm }) => templateOf(words, arm));
}

/** Replaces the appeal's texts by the variant's, except in places that the reader can already see. */
function showVariant(variant: string): void {
  for (const words of document.querySelectorAll<HTMLElement>("[data-words]")) {
    const template = templateOf(words, variant);
    if (!template || isInSight(words)) continue;
    words.replaceChildren(template.content);
    const field = words.closest("section")?.querySelector<HTMLInputElement>("[name=variant]");
    if (field) field.value = variant;
  }
}

/**
 * Reports that the appeal came into view. In the control group, reports that the banner would have come into view.
 * `isFirst`: true if this is the first time in 30 days on this device.
 */
export async function reportAppealShown(placement: "banner" | "article", isFirst = false): Promise<void> {
  const own = await joinTrial();
  const events: DeviceReportEvent[] = isFirst ? ["shown", "first-shown"] : ["shown"];
  const isExposed = own?.isNew === true && (placement === "banner" || own.isEndComparable);
  if (own && isExposed) own.isNew = false;
  const isCounted = await reportEvents(isExposed ? [...events, "exposed"] : events, placement);
  // A device sends its variant with a gift only if the server has counted the device as a reader of that variant.
  // Otherwise a variant could have gifts but no readers.
  if (!own || !isExposed || !isCounted) return;
  const seen = { experiment: own.experiment, arm: own.arm, exposedOn: own.day };
  updateReaderMemory((reader) => ({ ...reader, trial: reader.trial && { ...reader.trial, seen } }));
}

export function reportEvents(events: DeviceReportEvent[], placement: "banner" | "article"): Promise<boolean> {
  const section = findElement(placement === "banner" ? "[data-banner]" : "[data-appeal-end]");
  const read = (name: string) => section?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? "";
  return sendAppealEventReport({
    events,
    placement,
    article: read("article"),
    appeal: read("appeal"),
    variant: read("variant"),
  });
}

/**
 * Sends a report, and returns true if the server has counted it. Does not use `navigator.sendBeacon`, which always
 * sends cookies.
 */
export async function sendAppealEventReport(subject: Omit<AppealEventReport, "trial">): Promise<boolean> {
  const terms = await askTerms();
  if (!terms) return false;
  const body = formatDeviceReport({ ...subject, trial: await ownTrial(terms) });
  const sent = fetch(REPORT_PATH, { method: "POST", body, credentials: "omit", keepalive: true });
  return sent.then(({ ok }) => ok).catch(() => false);
}

/**
 * Returns the experiment and arm to name in a report. If this page has assigned no arm, returns the one that the device
 * stores for the same experiment, or null.
 */
async function ownTrial({ experiment }: Terms): Promise<AppealEventReport["trial"]> {
  const seen = updateReaderMemory((reader) => reader)?.trial?.seen;
  return (await trial) ?? (seen && seen.experiment === experiment?.id ? seen : null);
}
