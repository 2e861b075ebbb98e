// A device that cannot store anything never sees the banner, because it could not store "not this time" either. For a
// publication under high risk, the device stores one date, and the forms that it sent until the tab is closed.
import { memoryAfterErasure } from "../../domain/appeal/memory-changes";
import { memoryForHighRisk } from "../../domain/appeal/memory-for-high-risk";
import { EMPTY_READER_MEMORY, parseMemory, type ReaderMemory } from "../../domain/appeal/reader-memory";
import { deleteDeclinedMonthlyOffer } from "./monthly-offer";
import { readPageManners } from "./own-manners";

const KEY = "appeal";
const isNeutral = "neutral" in document.documentElement.dataset;

/** Returns null if this browser cannot store anything. */
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
  // A declined monthly offer, stored before the publication was under high risk, would show that somebody was about to give.
  deleteDeclinedMonthlyOffer();
  const { sentForms } = reader;
  const neutral = memoryForHighRisk(reader, { now, manners: readPageManners() });
  const isStored = store(localStorage, neutral) && store(sessionStorage, { sentForms });
  return isStored ? { ...EMPTY_READER_MEMORY, ...neutral, sentForms } : null;
}

function store(storage: Storage, value: Partial<ReaderMemory>): boolean {
  const text = JSON.stringify(value);
  storage.setItem(KEY, text);
  return storage.getItem(KEY) === text;
}

/** Afterwards the device stores the same as after the reader has pressed "Not this time". */
export function deleteGiftMemory(): void {
  updateReaderMemory(memoryAfterErasure);
  deleteDeclinedMonthlyOffer();
}

/** The banner may then appear as on a first visit. */
export function deleteReaderMemory(): void {
  for (const storage of [localStorage, sessionStorage]) storage.removeItem(KEY);
  deleteDeclinedMonthlyOffer();
}
