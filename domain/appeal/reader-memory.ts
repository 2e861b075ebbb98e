import { type DeviceExperimentMemory, parseExperimentMemory } from "./experiment-memory";
import { DEFAULT_MANNERS, daysInMs, WAYS_TO_CLOSE_BANNER, type WayToCloseBanner } from "./manners";

/** What a device stores about the banner and gifts. Times are in milliseconds since 1970, except the day in `trial`. */
export type ReaderMemory = {
  views: number[];
  closed: { way: WayToCloseBanner; at: number } | null;
  gift: { regular: boolean; at: number; lastVisitAt: number } | null;
  /** When this device sent each gift form, by the form's nonce. */
  sentForms: Record<string, number>;
  trial: DeviceExperimentMemory;
  /** The currency that was last chosen on this device, or "". */
  currency: string;
  /**
   * The gift in the last form that this device sent. It is deleted once the gift is paid, given up or too old, or once
   * the reader has seen it filled in again. unfinished-gift.ts parses it.
   */
  unfinished?: unknown;
  /**
   * Until when the banner stays hidden. Used only if OUTLET_RISK is high (memory-for-high-risk.ts), and otherwise 0.
   */
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

/**
 * If a stored `quietUntil` is more than this many days in the future, it is ignored: it must come from a wrong clock.
 */
const MAX_REST_DAYS = 730;

/**
 * Parses what the device stores. Ignores invalid values, events whose time lies in the future, and forms that were sent
 * more than `daysOfSentForms` ago. Does not check `unfinished`.
 */
export function parseReaderMemory(text: string | null, now: number): ReaderMemory {
  const { views, closed, gift, sentForms, trial, currency, unfinished, quietUntil } = parseJson(text);
  const isPast = (at: unknown): at is number => typeof at === "number" && at <= now;
  const isMark = (each: [string, unknown]): each is [string, number] =>
    isPast(each[1]) && now - each[1] < daysInMs(DEFAULT_MANNERS.daysOfSentForms);
  return {
    views: Array.isArray(views) ? views.filter(isPast) : [],
    closed: isRecord(closed) && isWay(closed.way) && isPast(closed.at) ? { way: closed.way, at: closed.at } : null,
    gift:
      isRecord(gift) && isPast(gift.at) && isPast(gift.lastVisitAt)
        ? { regular: gift.regular === true, at: gift.at, lastVisitAt: gift.lastVisitAt }
        : null,
    sentForms: Object.fromEntries(Object.entries(sentForms ?? {}).filter(isMark)),
    trial: parseExperimentMemory(trial, now),
    currency: typeof currency === "string" ? currency : "",
    unfinished,
    quietUntil: typeof quietUntil === "number" && quietUntil <= now + daysInMs(MAX_REST_DAYS) ? quietUntil : 0,
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

function isWay(value: unknown): value is WayToCloseBanner {
  return WAYS_TO_CLOSE_BANNER.some((way) => way === value);
}
