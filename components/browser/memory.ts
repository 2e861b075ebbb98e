// The device's own memory of the appeal. A device that cannot remember is not asked by the banner at all, since it could
// not remember being told "not now" either.
import { parseMemory, type ReaderMemory } from "../../domain/appeal/manners";

const KEY = "appeal";

/** Keeps what `change` makes of the memory, and answers it; null where this browser keeps nothing for us. */
export function remember(change: (reader: ReaderMemory, now: number) => ReaderMemory): ReaderMemory | null {
  const now = Date.now();
  try {
    const reader = change(parseMemory(localStorage.getItem(KEY), now), now);
    const text = JSON.stringify(reader);
    localStorage.setItem(KEY, text);
    return localStorage.getItem(KEY) === text ? reader : null;
  } catch {
    return null;
  }
}
