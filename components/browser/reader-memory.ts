// Reads and writes what the device stores about the banner and gifts. A device that cannot store anything shows the
// banner only if the reader asks for it, because it could not remember "not this time". If OUTLET_RISK is high, the
// device stores only two things: the time until which the banner stays hidden, and the forms that it sent. It forgets
// the forms when the tab is closed.
import { memoryAfterSupporterErasure } from "../../domain/appeal/memory-changes";
import { deviceMemoryForHighRiskOutlet } from "../../domain/appeal/memory-for-high-risk";
import { EMPTY_READER_MEMORY, parseReaderMemory, type ReaderMemory } from "../../domain/appeal/reader-memory";
import { deleteMonthlyOfferDecline } from "./monthly-offer";
import { parseMannersAttribute } from "./own-manners";

const KEY = "appeal";
const isHighRisk = "neutral" in document.documentElement.dataset;

/** Changes what the device stores, and returns the new values. Returns null if this browser cannot store anything. */
export function updateReaderMemory(change: (reader: ReaderMemory, now: number) => ReaderMemory): ReaderMemory | null {
  const now = Date.now();
  try {
    const before = parseReaderMemory(localStorage.getItem(KEY), now);
    if (isHighRisk) before.sentForms = parseReaderMemory(sessionStorage.getItem(KEY), now).sentForms;
    const reader = change(before, now);
    return isHighRisk ? storeNeutral(reader, now) : store(localStorage, reader) ? reader : null;
  } catch {
    return null;
  }
}

function storeNeutral(reader: ReaderMemory, now: number): ReaderMemory | null {
  // Deletes the note that the reader declined to give monthly, because it shows that they were about to give. The
  // device can have stored it before OUTLET_RISK became `high`.
  deleteMonthlyOfferDecline();
  const { sentForms } = reader;
  const neutral = deviceMemoryForHighRiskOutlet(reader, { now, manners: parseMannersAttribute() });
  const isStored = store(localStorage, neutral) && store(sessionStorage, { sentForms });
  return isStored ? { ...EMPTY_READER_MEMORY, ...neutral, sentForms } : null;
}

function store(storage: Storage, value: Partial<ReaderMemory>): boolean {
  const text = JSON.stringify(value);
  storage.setItem(KEY, text);
  return storage.getItem(KEY) === text;
}

/**
 * Deletes all data about gifts from this device. Afterwards the device stores the same data as if the reader had
 * answered the banner with "Not this time".
 */
export function deleteGiftMemory(): void {
  updateReaderMemory(memoryAfterSupporterErasure);
  deleteMonthlyOfferDecline();
}

/**
 * Deletes everything that the device stores about the banner and gifts. The banner can then appear as on a first visit.
 */
export function deleteReaderMemory(): void {
  for (const storage of [localStorage, sessionStorage]) storage.removeItem(KEY);
  deleteMonthlyOfferDecline();
}
