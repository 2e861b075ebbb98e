// State shared by the parts of a simulated history: random numbers, clock, and an agenda of future events.
import type { Account } from "../account";
import type { Additions } from "./additions";
import type { HistoryProfile } from "./profile";
import type { Chance } from "./random";

export const DAY = 86_400;
export const HOUR = 3_600;

export type Simulation = {
  profile: HistoryProfile;
  chance: Chance;
  additions: Additions;
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
  happen(simulation: Simulation): void;
};

/** Adds an event to the agenda, unless it is after the end of the history. */
export function plan(simulation: Simulation, happening: Happening): void {
  if (happening.at > simulation.endsAt) return;
  const day = simulation.agenda.get(dayOf(happening.at)) ?? [];
  day.push(happening);
  simulation.agenda.set(dayOf(happening.at), day);
}

/** Runs the planned events in order of time. An event may plan further events. */
export function simulateDays(simulation: Simulation, first: number): void {
  for (let day = dayOf(first); day <= dayOf(simulation.endsAt); day += 1) {
    for (let next = takeNext(simulation, day); next; next = takeNext(simulation, day)) next.happen(simulation);
    simulation.agenda.delete(day);
  }
}

/** Removes the day's earliest event and returns it. An event may have planned another for the same day, so it searches each time. */
function takeNext({ agenda }: Simulation, day: number): Happening | undefined {
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
  simulation: Simulation,
  what: keyof Simulation["leaveOpen"],
  { at, days }: { at: number; days: number },
): boolean {
  if (simulation.leaveOpen[what] === 0 || at < simulation.endsAt - days * DAY) return false;
  simulation.leaveOpen[what] -= 1;
  return true;
}
