import type { Account } from "../account";
import type { ExtraAmountPicker } from "./gift-additions";
import type { HistoryProfile } from "./profile";
import type { RandomSource } from "./random";

export const DAY_SECONDS = 86_400;
export const HOUR_SECONDS = 3_600;

export type HistorySimulation = {
  profile: HistoryProfile;
  chance: RandomSource;
  additions: ExtraAmountPicker;
  endsAt: number;
  payments: number;
  /** For each kind of case (such as pending debits), how many must still be left open at the end of the history. */
  casesToLeaveOpen: HistoryProfile["openAtEnd"];
  /** Future events by day. The events of `today` are sorted, with the next event last. */
  agenda: Map<number, Happening[]>;
  /** The day that is being simulated, in days since 1970; null before the first day. */
  today: number | null;
  accountAt(at: number): Account;
};

type Happening = {
  at: number;
  happen(simulation: HistorySimulation): void;
};

/** Adds an event to the agenda, unless it is after the end of the history. */
export function scheduleSimulationEvent(simulation: HistorySimulation, happening: Happening): void {
  if (happening.at > simulation.endsAt) return;
  const day = dayOf(happening.at);
  const events = simulation.agenda.get(day) ?? [];
  simulation.agenda.set(day, events);
  if (day === simulation.today) events.splice(placeIn(events, happening.at), 0, happening);
  else events.push(happening);
}

/**
 * Runs the scheduled events in order of time. Two events at the same second run in the order in which they were
 * scheduled. After each event, yields the number of whole days that have passed.
 */
export function* runScheduledEventsOneByOne(simulation: HistorySimulation, startsAt: number): Generator<number, void> {
  const firstDay = dayOf(startsAt);
  for (let day = firstDay; day <= dayOf(simulation.endsAt); day += 1) {
    simulation.today = day;
    const events = (simulation.agenda.get(day) ?? []).sort((a, b) => a.at - b.at).reverse();
    simulation.agenda.set(day, events);
    for (let next = events.pop(); next; next = events.pop()) {
      next.happen(simulation);
      yield day - firstDay;
    }
    simulation.agenda.delete(day);
  }
}

/**
 * Returns the index at which a new event must be inserted into today's list. The list begins with the latest event.
 * Events that are already planned for the same second run before the new event.
 */
function placeIn(events: readonly Happening[], seconds: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.at ?? 0) <= seconds) high = middle;
    else low = middle + 1;
  }
  return low;
}

function dayOf(seconds: number): number {
  return Math.floor(seconds / DAY_SECONDS);
}

/**
 * Returns true if this dispute, pending debit or overdue gift must still be open when the history ends. If so, reduces
 * the number of such cases that the profile still wants open. A case qualifies only if it begins in the last `days`
 * days of the history.
 */
export function reserveCaseOpenAtEnd(
  simulation: HistorySimulation,
  what: keyof HistorySimulation["casesToLeaveOpen"],
  { at, days }: { at: number; days: number },
): boolean {
  if (simulation.casesToLeaveOpen[what] === 0 || at < simulation.endsAt - days * DAY_SECONDS) return false;
  simulation.casesToLeaveOpen[what] -= 1;
  return true;
}
