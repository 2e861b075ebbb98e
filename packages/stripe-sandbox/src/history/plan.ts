import { decimalsOf } from "../money";
import type { ExtraAmountPicker } from "./gift-additions";
import type { HistoryProfile } from "./profile";
import type { RandomSource } from "./random";

export type GiftInterval = "once" | "month" | "year";

export type PlannedGift = {
  at: number;
  interval: GiftInterval;
  currency: string;
  amount: number;
  email: string;
  name: string;
  metadata: Record<string, string>;
  /** True for the supporters in the profile's `named`. They pay by card, and their gifts do not end. */
  isPermanent: boolean;
  incidents: ("raise" | "failed-renewal")[];
};

const DAY = 86_400;
const FIRST_NAMES =
  "Anna Boris Clara Daniel Elena Felix Greta Hugo Irina Jonas Katya Liam Maria Nikolai Olga Pavel Rosa Sofia Tom Vera".split(
    " ",
  );
const LAST_NAMES =
  "Adler Berg Costa Dorn Evans Fischer Gray Holm Ivanova Jensen Kozlov Lind Marsh Novak Orlov Petrov Ruiz Stein Tanaka Weiss".split(
    " ",
  );
/** The relative number of gifts per weekday, Sunday first. */
const WEEKDAYS = [0.75, 1.1, 1.15, 1.1, 1.05, 1, 0.7];

type RandomSources = { chance: RandomSource; additions: ExtraAmountPicker };

export function planGifts(
  profile: HistoryProfile,
  { chance, additions }: RandomSources,
  endsAt: number,
): PlannedGift[] {
  const days = Math.round(profile.months * 30.44);
  const startsAt = endsAt - days * DAY;
  const bursts = [days * (0.25 + chance.next() * 0.2), days * (0.65 + chance.next() * 0.2)];
  const readers = readerBook(chance, profile.readers);
  const beginnings = namedBeginnings(profile, chance, startsAt);
  for (let day = 0; day < days; day += 1) {
    const from = startsAt + day * DAY;
    const pace = paceOf(profile, from, { day, bursts }) / 30.44;
    for (const [interval, perMonth] of ratesOf(profile)) {
      const count = chance.count(perMonth * pace);
      for (let each = 0; each < count; each += 1)
        beginnings.push(...beginning(profile, chance, { from, interval, readers, additions }));
    }
  }
  return beginnings.filter(({ at }) => at < endsAt).sort((a, b) => a.at - b.at);
}

function ratesOf(profile: HistoryProfile): [GiftInterval, number][] {
  const { oncePerMonth, monthlyStartsPerMonth, yearlyStartsPerMonth } = profile;
  return [
    ["once", oncePerMonth],
    ["month", monthlyStartsPerMonth],
    ["year", yearlyStartsPerMonth],
  ];
}

/**
 * Returns the relative number of gifts on this day. A burst multiplies the number by four on its first day. This effect
 * fades over about a week.
 */
function paceOf(profile: HistoryProfile, from: number, { day, bursts }: { day: number; bursts: number[] }): number {
  const weekday = WEEKDAYS[new Date(from * 1000).getUTCDay()] ?? 1;
  const news = bursts.map((burst) => (day >= burst ? 3 * Math.exp((burst - day) / 3) : 0));
  return weekday * (1 + profile.growth) ** (day / 30.44) * (1 + Math.max(...news));
}

type BeginningTerms = {
  from: number;
  interval: GiftInterval;
  readers: ReturnType<typeof readerBook>;
  additions: ExtraAmountPicker;
};

function beginning(
  profile: HistoryProfile,
  chance: RandomSource,
  { from, interval, readers, additions }: BeginningTerms,
): PlannedGift[] {
  const offer = chance.pickWeighted(profile.currencies, ({ weight }) => weight);
  // Adding two random numbers makes the afternoon the likeliest time (UTC); most gifts come between 10:00 and 22:00.
  const hour = ((chance.next() + chance.next()) * 12 + 4) % 24;
  const at = from + Math.floor(hour * 3600);
  const amount = amountOf(offer[interval], offer.currency, chance);
  const reader = interval === "once" ? readers.anyone() : readers.withoutRecurringGift();
  if (!reader) return [];
  const { currency } = offer;
  const added = additions.pickFor({ currency, amount });
  const metadata = { ...chance.pick(profile.metadata), ...added?.metadata };
  return [
    { at, interval, currency, amount: added?.whole ?? amount, ...reader, metadata, isPermanent: false, incidents: [] },
  ];
}

function amountOf(offered: number[], currency: string, chance: RandomSource): number {
  const sum = chance.pickWeighted(offered, (_, index) => [4, 5, 2, 1][index] ?? 1);
  if (!chance.happens(0.12)) return sum;
  const unit = decimalsOf(currency) === 0 ? 100 : 10 ** decimalsOf(currency);
  const own = Math.round((sum * (0.6 + chance.next())) / unit) * unit;
  return Math.max(own, Math.min(...offered));
}

function readerBook(chance: RandomSource, maxReaders = Number.POSITIVE_INFINITY) {
  let count = 0;
  const regulars = new Set<number>();
  const reader = (number: number) => ({
    email: `reader-${String(number).padStart(4, "0")}@example.org`,
    name: `${FIRST_NAMES[(number * 7) % FIRST_NAMES.length]} ${LAST_NAMES[(number * 13 + Math.floor(number / 20)) % LAST_NAMES.length]}`,
  });
  function newcomer() {
    count += 1;
    return reader(count);
  }
  function anyone() {
    const isEarlier = count >= maxReaders || (count > 10 && chance.happens(0.25));
    return isEarlier ? reader(1 + Math.floor(chance.next() * count)) : newcomer();
  }
  function withoutRecurringGift() {
    const number = count < maxReaders ? count + 1 : firstNumber((each) => !regulars.has(each));
    if (number > maxReaders) return null;
    regulars.add(number);
    count = Math.max(count, number);
    return reader(number);
  }
  return {
    anyone,
    withoutRecurringGift,
  };
}

function firstNumber(isFound: (number: number) => boolean): number {
  let number = 1;
  while (!isFound(number)) number += 1;
  return number;
}

function namedBeginnings(profile: HistoryProfile, chance: RandomSource, startsAt: number): PlannedGift[] {
  return profile.named.map(({ email, interval, currency, amount, incidents }, index) => ({
    at: startsAt + (index + 1) * 9 * DAY + Math.floor(chance.next() * DAY),
    ...{ email, interval, currency, amount, incidents },
    name: email.split("@")[0]?.replace(/[-._]+/g, " ") ?? email,
    metadata: chance.pick(profile.metadata),
    isPermanent: true,
  }));
}
