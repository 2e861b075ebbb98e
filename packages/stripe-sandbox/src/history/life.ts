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
  /** How many more cases of each kind must be left open at the end of the history. */
  leaveOpen: HistoryProfile["openAtEnd"];
  /** Future events, by day. */
  agenda: Map<number, Happening[]>;
  accountAt(at: number): Account;
};

type Happening = {
  at: number;
  happen(life: Life): void;
};

/** Adds an event to the agenda, unless it is after the end of the history. */
export function plan(life: Life, happening: Happening): void {
  if (happening.at > life.endsAt) return;
  const day = life.agenda.get(dayOf(happening.at)) ?? [];
  day.push(happening);
  life.agenda.set(dayOf(happening.at), day);
}

/** Runs the planned events in order of time. An event may plan further events. */
export function liveDays(life: Life, first: number): void {
  for (let day = dayOf(first); day <= dayOf(life.endsAt); day += 1) {
    for (let next = takeNext(life, day); next; next = takeNext(life, day)) next.happen(life);
    life.agenda.delete(day);
  }
}

/** Removes the day's earliest event and returns it. An event may have planned another for the same day, so it searches each time. */
function takeNext({ agenda }: Life, day: number): Happening | undefined {
  const today = agenda.get(day) ?? [];
  const earliest = today.reduce((best, { at }, index) => (at < (today[best]?.at ?? at) ? index : best), 0);
  return today.splice(earliest, 1)[0];
}

function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

/**
 * Returns true if a case that begins at `at` should stay open at the end of the history, and decrements the number still
 * needed. Only the last `days` of the history qualify.
 */
export function claimOpenAtEnd(
  life: Life,
  what: keyof Life["leaveOpen"],
  { at, days }: { at: number; days: number },
): boolean {
  if (life.leaveOpen[what] === 0 || at < life.endsAt - days * DAY) return false;
  life.leaveOpen[what] -= 1;
  return true;
}
