import { DEFAULT_MANNERS, type Manners } from "./manners";

export type MannerSettings = {
  secondsBeforeAsking: number;
  percentReadBeforeAsking: number;
  /** How often the banner can be shown on a device in DEFAULT_MANNERS.viewsCountedForDays days. */
  mostViews: number;
  daysBetweenViews: number;
  daysAfterNotNow: number;
  daysAfterAlreadyGave: number;
  daysAfterGift: number;
};

type Limits = Record<keyof MannerSettings, { least: number; most: number }>;

/**
 * The smallest and largest values that the newsroom can choose. They can make the banner ask less often than the
 * defaults in DEFAULT_MANNERS, but never more often.
 */
export const MANNER_LIMITS: Limits = {
  secondsBeforeAsking: { least: DEFAULT_MANNERS.secondsBeforeAsking, most: 120 },
  percentReadBeforeAsking: { least: DEFAULT_MANNERS.shareReadBeforeAsking * 100, most: 90 },
  mostViews: { least: 1, most: DEFAULT_MANNERS.mostViews },
  daysBetweenViews: { least: DEFAULT_MANNERS.daysBetweenViews, most: 30 },
  daysAfterNotNow: { least: DEFAULT_MANNERS.quietDaysAfter["not-now"], most: 365 },
  daysAfterAlreadyGave: { least: DEFAULT_MANNERS.quietDaysAfter["already-gave"], most: 730 },
  daysAfterGift: { least: DEFAULT_MANNERS.quietDaysAfter.gift, most: 730 },
};

export const MANNER_NAMES = Object.keys(MANNER_LIMITS) as (keyof MannerSettings)[];

export const DEFAULT_MANNER_SETTINGS: MannerSettings = {
  secondsBeforeAsking: DEFAULT_MANNERS.secondsBeforeAsking,
  percentReadBeforeAsking: DEFAULT_MANNERS.shareReadBeforeAsking * 100,
  mostViews: DEFAULT_MANNERS.mostViews,
  daysBetweenViews: DEFAULT_MANNERS.daysBetweenViews,
  daysAfterNotNow: DEFAULT_MANNERS.quietDaysAfter["not-now"],
  daysAfterAlreadyGave: DEFAULT_MANNERS.quietDaysAfter["already-gave"],
  daysAfterGift: DEFAULT_MANNERS.quietDaysAfter.gift,
};

export type MannerProblem = {
  field: keyof MannerSettings;
  reason: "not-whole" | "outside";
  least: number;
  most: number;
};

export type ParseMannersResult =
  | { kind: "manners"; manners: MannerSettings }
  | { kind: "refused"; problems: MannerProblem[] };

export function parseTypedManners(typed: Partial<Record<keyof MannerSettings, string>>): ParseMannersResult {
  const problems = MANNER_NAMES.flatMap((field) => problemOf(field, typed[field] ?? ""));
  if (problems.length > 0) return { kind: "refused", problems };
  const entries = MANNER_NAMES.map((field) => [field, Number(typed[field])]);
  return { kind: "manners", manners: Object.fromEntries(entries) };
}

function problemOf(field: keyof MannerSettings, text: string): MannerProblem[] {
  const { least, most } = MANNER_LIMITS[field];
  if (!/^\d{1,4}$/.test(text.trim())) return [{ field, reason: "not-whole", least, most }];
  return Number(text) < least || Number(text) > most ? [{ field, reason: "outside", least, most }] : [];
}

/** Returns the banner's rules with the newsroom's choices. A number outside MANNER_LIMITS becomes the nearest limit. */
export function mannersFromChoices(choices: MannerSettings): Manners {
  const within = (name: keyof MannerSettings) =>
    Math.min(Math.max(choices[name], MANNER_LIMITS[name].least), MANNER_LIMITS[name].most);
  return {
    ...DEFAULT_MANNERS,
    quietDaysAfter: {
      ...DEFAULT_MANNERS.quietDaysAfter,
      "not-now": within("daysAfterNotNow"),
      "already-gave": within("daysAfterAlreadyGave"),
      gift: within("daysAfterGift"),
      // After a request for a reminder, the banner stays hidden at least as long as after "not now".
      reminder: Math.max(DEFAULT_MANNERS.quietDaysAfter.reminder, within("daysAfterNotNow")),
    },
    mostViews: within("mostViews"),
    // After "Later today" the banner would have to appear a second time. So this answer is not offered if the banner
    // may appear only once.
    quietHoursAfterLater: within("mostViews") === 1 ? 0 : DEFAULT_MANNERS.quietHoursAfterLater,
    daysBetweenViews: within("daysBetweenViews"),
    secondsBeforeAsking: within("secondsBeforeAsking"),
    shareReadBeforeAsking: within("percentReadBeforeAsking") / 100,
  };
}

/** Returns the settings in `manners` that differ from the defaults in DEFAULT_MANNERS. Returns null if none differs. */
export function nonDefaultManners(manners: Manners): Partial<Manners> | null {
  const names = Object.keys(DEFAULT_MANNERS) as (keyof Manners)[];
  const own = names.filter((name) => JSON.stringify(manners[name]) !== JSON.stringify(DEFAULT_MANNERS[name]));
  return own.length > 0 ? Object.fromEntries(own.map((name) => [name, manners[name]])) : null;
}
