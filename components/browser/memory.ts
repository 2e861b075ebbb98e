// The device's memory of the appeal. A device that cannot store it never sees the banner, because it could not
// remember "not this time" either. Under high risk it keeps one date, and until the tab is closed which forms it sent.
import { afterForgetting } from "../../domain/appeal/after-answer";
import { neutralMemory } from "../../domain/appeal/neutral-memory";
import { EMPTY_READER_MEMORY, parseMemory, type ReaderMemory } from "../../domain/appeal/reader-memory";
import { forgetMonthlyOffer } from "./monthly-offer";
import { ownManners } from "./own-manners";

const KEY = "appeal";
const isNeutral = "neutral" in document.documentElement.dataset;

/** Changes the memory, stores it and returns it. Null if this browser stores nothing. */
export function updateMemory(change: (reader: ReaderMemory, now: number) => ReaderMemory): ReaderMemory | null {
  const now = Date.now();
  try {
    const before = parseMemory(localStorage.getItem(KEY), now);
    if (isNeutral) before.sentForms = parseMemory(sessionStorage.getItem(KEY), now).sentForms;
    const reader = change(before, now);
    return isNeutral ? storeNeutral(reader, now) : store(localStorage, reader) ? reader : null;
  } catch {
    return null;
  }
}

function storeNeutral(reader: ReaderMemory, now: number): ReaderMemory | null {
  // The refusal was stored before the risk was high. It would show that somebody was about to give.
  forgetMonthlyOffer();
  const { sentForms } = reader;
  const kept = neutralMemory(reader, { now, manners: ownManners() });
  const isStored = store(localStorage, kept) && store(sessionStorage, { sentForms });
  return isStored ? { ...EMPTY_READER_MEMORY, ...kept, sentForms } : null;
}

function store(storage: Storage, value: Partial<ReaderMemory>): boolean {
  const text = JSON.stringify(value);
  storage.setItem(KEY, text);
  return storage.getItem(KEY) === text;
}

/** Forgets the reader. The device then holds the same as after any "not this time". */
export function forgetReader(): void {
  updateMemory(afterForgetting);
  forgetMonthlyOffer();
}

/** Deletes all that the device remembers. The banner may then ask as if the reader had never been here. */
export function deleteMemory(): void {
  for (const storage of [localStorage, sessionStorage]) storage.removeItem(KEY);
  forgetMonthlyOffer();
}
