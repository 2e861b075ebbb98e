// Shows the variant of the appeal that this device's arm of the running experiment asks for, and reports what became of the appeal. A report
// has names of ours and nothing else (domain/appeal/reports.ts). Without an answer from the site, the first variant stays and nothing is
// reported.
import { armOf } from "../../domain/appeal/assignment";
import { HOLD_OUT } from "../../domain/appeal/experiment";
import type { LiveExperiment } from "../../domain/appeal/experiments";
import { formatReport, type Report, type ReportedEvent } from "../../domain/appeal/reports";
import { afterMeetingTrial } from "../../domain/appeal/trial-memory";
import { findElement } from "./find";
import { updateMemory } from "./memory";
import { isInSight } from "./reading";

const ADDRESS = "/api/count";
const TIMEOUT_MS = 3_000;

type Terms = { day: number; experiment: LiveExperiment | null };
/** `isNew`: the device has not been shown its arm before. */
type Trial = { day: number; experiment: string; arm: string; isNew: boolean; isEndComparable: boolean };

let terms: Promise<Terms | null> | undefined;
let trial: Promise<Trial | null> | undefined;

/** Staff look at a variant by its address, `?variant=b`. Such a visit is counted nowhere. */
export function isForced(): boolean {
  return findElement("[data-banner]") !== null && forcedVariant() !== null;
}

function forcedVariant(): string | null {
  return new URLSearchParams(location.search).get("variant");
}

/** Call it at the start of an article's page. */
export function startTrial(): void {
  const end = findElement("[data-appeal-end] [data-words]");
  if (isForced()) showVariant(forcedVariant() ?? "");
  else if (end) {
    whenNear(end, "800px", () => void joinTrial());
    whenNear(end, "0px", () => void noteShown("article"));
  }
}

function whenNear(element: Element, rootMargin: string, act: () => void): void {
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      act();
    },
    { rootMargin },
  );
  observer.observe(element);
}

/** True if this device must see no banner, so that the others can be compared with it. */
export async function isHeldOut(): Promise<boolean> {
  return (await joinTrial())?.arm === HOLD_OUT;
}

/** Finds this device's arm and shows its words. The answer is the same until the page is left. */
function joinTrial(): Promise<Trial | null> {
  trial ??= join();
  return trial;
}

async function join(): Promise<Trial | null> {
  const { day, experiment } = (await askTerms()) ?? { day: 0, experiment: null };
  if (!experiment?.arms.every(({ arm }) => arm === HOLD_OUT || hasWords(arm))) return null;
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  const memory = updateMemory((reader) => ({ ...reader, trial: afterMeetingTrial(reader.trial, seed) }))?.trial;
  if (!memory) return null;
  const seen = memory.seen?.experiment === experiment.id ? memory.seen : null;
  if (!seen && !experiment.isOpen) return null;
  const arm = seen?.arm ?? armOf({ ...experiment, seed: memory.seed });
  const isEndComparable = mayDiffer(findElement("[data-appeal-end] [data-words]"), experiment.arms);
  if (arm !== HOLD_OUT) showVariant(arm);
  return { day, experiment: experiment.id, arm, isNew: !seen, isEndComparable };
}

/** Null also on a page that staff look at: there, nothing is assigned and nothing is reported. */
function askTerms(): Promise<Terms | null> {
  terms ??= (async () => {
    if (isForced()) return null;
    const answer = await fetch(ADDRESS, { credentials: "omit", signal: AbortSignal.timeout(TIMEOUT_MS) });
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

/** True if the words at an article's end can still become any arm's. It does not depend on this device's own arm. */
function mayDiffer(words: HTMLElement | null, arms: LiveExperiment["arms"]): boolean {
  return words !== null && !isInSight(words) && arms.some(({ arm }) => templateOf(words, arm));
}

/** Words that the reader may be reading are not exchanged. */
function showVariant(variant: string): void {
  for (const words of document.querySelectorAll<HTMLElement>("[data-words]")) {
    const template = templateOf(words, variant);
    if (!template || isInSight(words)) continue;
    words.replaceChildren(template.content);
    const field = words.closest("section")?.querySelector<HTMLInputElement>("[name=variant]");
    if (field) field.value = variant;
  }
}

/** The appeal came in sight at this place, or would have on a device that is held out. */
export async function noteShown(placement: "banner" | "article", isFirst = false): Promise<void> {
  const own = await joinTrial();
  const events: ReportedEvent[] = isFirst ? ["shown", "first-shown"] : ["shown"];
  const isExposed = own?.isNew === true && (placement === "banner" || own.isEndComparable);
  if (own && isExposed) own.isNew = false;
  const isCounted = await reportEvents(isExposed ? [...events, "exposed"] : events, placement);
  // Only a device that was counted may say so with a gift: otherwise an arm would have gifts without readers.
  if (!own || !isExposed || !isCounted) return;
  const seen = { experiment: own.experiment, arm: own.arm, exposedOn: own.day };
  updateMemory((reader) => ({ ...reader, trial: reader.trial && { ...reader.trial, seen } }));
}

export function reportEvents(events: ReportedEvent[], placement: "banner" | "article"): Promise<boolean> {
  const section = findElement(placement === "banner" ? "[data-banner]" : "[data-appeal-end]");
  const read = (name: string) => section?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? "";
  return sendReport({ events, placement, article: read("article"), appeal: read("appeal"), variant: read("variant") });
}

/** Sends a report. Returns true if the site has counted it. A lost report breaks nothing. No cookie goes with it, which `navigator.sendBeacon` would send. */
export async function sendReport(subject: Omit<Report, "trial">): Promise<boolean> {
  const known = await askTerms();
  if (!known) return false;
  const body = formatReport({ ...subject, trial: await ownTrial(known) });
  const sent = fetch(ADDRESS, { method: "POST", body, credentials: "omit", keepalive: true });
  return sent.then(({ ok }) => ok).catch(() => false);
}

/** On a page without an appeal, the device's memory knows the arm. */
async function ownTrial({ experiment }: Terms): Promise<Report["trial"]> {
  const seen = updateMemory((reader) => reader)?.trial?.seen;
  return (await trial) ?? (seen && seen.experiment === experiment?.id ? seen : null);
}
