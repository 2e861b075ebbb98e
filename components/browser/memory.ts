// The device's memory of the appeal. A device that cannot store it never sees the banner, because it could not
// remember "not now" either.
import { afterForgetting, parseMemory, type ReaderMemory } from "../../domain/appeal/manners";

const KEY = "appeal";

/** Changes the memory, stores it and returns it. Null if this browser stores nothing. */
export function updateMemory(change: (reader: ReaderMemory, now: number) => ReaderMemory): ReaderMemory | null {
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

/** Forgets the reader. What stays is what any "not now" leaves. */
export function forgetReader(): void {
  updateMemory(afterForgetting);
}

/** Deletes all that the device remembers. The banner may then ask as if the reader had never been here. */
export function deleteMemory(): void {
  localStorage.removeItem(KEY);
}
