// One device's memory of the appeal. It never leaves the device.
import { days, MANNERS, WAYS_TO_CLOSE, type WayToClose } from "./manners";
import { parseTrial, type TrialMemory } from "./trial-memory";

/** Times are milliseconds since 1970. */
export type ReaderMemory = {
  views: number[];
  closed: { way: WayToClose; at: number } | null;
  gift: { regular: boolean; at: number; lastVisitAt: number } | null;
  /** when each gift form was sent from this device, by the form's one-time number. It shows which thank-you pages are this device's own. */
  sentForms: Record<string, number>;
  trial: TrialMemory;
  /** The currency that was chosen last on this device; empty if none was. */
  currency: string;
  /** The gift that went to payment last, until it is finished or recalled. Only the script that recalls it parses it (unfinished-gift.ts). */
  unfinished?: unknown;
  /** The one date that a device keeps under high risk (neutral-memory.ts). 0 if it has none. */
  quietUntil: number;
};

export const EMPTY_READER_MEMORY: ReaderMemory = {
  views: [],
  closed: null,
  gift: null,
  sentForms: {},
  trial: null,
  currency: "",
  quietUntil: 0,
};

/** A later date was stored by a clock that stood wrong. No rest that the manners allow is longer. */
const LONGEST_REST_DAYS = 730;

/** Reads the stored memory. Unreadable or foreign values and times in the future count as absent. */
export function parseMemory(text: string | null, now: number): ReaderMemory {
  const { views, closed, gift, sentForms, trial, currency, unfinished, quietUntil } = parseJson(text);
  const isPast = (at: unknown): at is number => typeof at === "number" && at <= now;
  const isMark = (each: [string, unknown]): each is [string, number] =>
    isPast(each[1]) && now - each[1] < days(MANNERS.daysOfMark);
  return {
    views: Array.isArray(views) ? views.filter(isPast) : [],
    closed: isRecord(closed) && isWay(closed.way) && isPast(closed.at) ? { way: closed.way, at: closed.at } : null,
    gift:
      isRecord(gift) && isPast(gift.at) && isPast(gift.lastVisitAt)
        ? { regular: gift.regular === true, at: gift.at, lastVisitAt: gift.lastVisitAt }
        : null,
    sentForms: Object.fromEntries(Object.entries(sentForms ?? {}).filter(isMark)),
    trial: parseTrial(trial, now),
    currency: typeof currency === "string" ? currency : "",
    unfinished,
    quietUntil: typeof quietUntil === "number" && quietUntil <= now + days(LONGEST_REST_DAYS) ? quietUntil : 0,
  };
}

function parseJson(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isWay(value: unknown): value is WayToClose {
  return WAYS_TO_CLOSE.some((way) => way === value);
}
