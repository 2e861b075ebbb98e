// State shared by the parts of a simulated history: random numbers, clock, and an agenda of future events.
import type { Account } from "../account";
import type { Chance } from "./chance";
import type { HistoryProfile } from "./profile";

export const DAY = 86_400;
export const HOUR = 3_600;

export type Life = {
  profile: HistoryProfile;
  chance: Chance;
  endsAt: number;
  payments: number;
  /** How many of `openAtEnd` are still missing. */
  wanted: HistoryProfile["openAtEnd"];
  /** Future events, by day. */
  agenda: Map<number, Happening[]>;
  accountAt(at: number): Account;
};

type Happening = {
  at: number;
  happen(life: Life): void;
};

/** Adds to the agenda, except for events after the end of the history. */
export function plan(life: Life, happening: Happening): void {
  if (happening.at > life.endsAt) return;
  const day = life.agenda.get(dayOf(happening.at)) ?? [];
  day.push(happening);
  life.agenda.set(dayOf(happening.at), day);
}

/** Runs all planned days in order; an event may plan more. */
export function liveDays(life: Life, first: number): void {
  for (let day = dayOf(first); day <= dayOf(life.endsAt); day += 1) {
    for (let next = takeNext(life, day); next; next = takeNext(life, day)) next.happen(life);
    life.agenda.delete(day);
  }
}

/** Takes the earliest event of the day, because one event may plan another for the same day. */
function takeNext({ agenda }: Life, day: number): Happening | undefined {
  const today = agenda.get(day) ?? [];
  const earliest = today.reduce((best, { at }, index) => (at < (today[best]?.at ?? at) ? index : best), 0);
  return today.splice(earliest, 1)[0];
}

function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

/** Returns true, and counts one down, if what begins now shall still be open when the history ends. */
export function takeWanted(
  life: Life,
  what: keyof Life["wanted"],
  { at, days }: { at: number; days: number },
): boolean {
  if (life.wanted[what] === 0 || at < life.endsAt - days * DAY) return false;
  life.wanted[what] -= 1;
  return true;
}
