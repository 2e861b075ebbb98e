// The device's memory of the appeal. A device that cannot store it never sees the banner, because it could not remember "not this time"
// either. Under high risk the device stores one date, and, until the tab is closed, which forms it sent.
import { afterForgetting } from "../../domain/appeal/after-answer";
import { neutralMemory } from "../../domain/appeal/neutral-memory";
import { EMPTY_READER_MEMORY, parseMemory, type ReaderMemory } from "../../domain/appeal/reader-memory";
import { forgetMonthlyOffer } from "./monthly-offer";
import { readPageManners } from "./own-manners";

const KEY = "appeal";
const isNeutral = "neutral" in document.documentElement.dataset;

/** Changes the memory, stores it and returns it. Returns null if this browser cannot store anything. */
export function updateReaderMemory(change: (reader: ReaderMemory, now: number) => ReaderMemory): ReaderMemory | null {
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
  // A refused monthly offer, stored before the risk was high, would show that somebody was about to give.
  forgetMonthlyOffer();
  const { sentForms } = reader;
  const kept = neutralMemory(reader, { now, manners: readPageManners() });
  const isStored = store(localStorage, kept) && store(sessionStorage, { sentForms });
  return isStored ? { ...EMPTY_READER_MEMORY, ...kept, sentForms } : null;
}

function store(storage: Storage, value: Partial<ReaderMemory>): boolean {
  const text = JSON.stringify(value);
  storage.setItem(KEY, text);
  return storage.getItem(KEY) === text;
}

/** Forgets what the device knows about gifts. Its memory then looks as after any "not this time". */
export function forgetGifts(): void {
  updateReaderMemory(afterForgetting);
  forgetMonthlyOffer();
}

/** Deletes the whole memory. The banner may then ask as on a first visit. */
export function deleteReaderMemory(): void {
  for (const storage of [localStorage, sessionStorage]) storage.removeItem(KEY);
  forgetMonthlyOffer();
}
