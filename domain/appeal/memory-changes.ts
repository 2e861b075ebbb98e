import { daysInMs, MANNERS, type Manners, type WayToClose } from "./manners";
import { quietUntilAfterClosing, quietUntilAfterGift } from "./quiet-period";
import { EMPTY_READER_MEMORY, type ReaderMemory } from "./reader-memory";

export function memoryAfterView(reader: ReaderMemory, now: number): ReaderMemory {
  const counted = reader.views.filter((at) => now - at < daysInMs(MANNERS.viewsCountedForDays));
  return { ...reader, views: [...counted, now] };
}

/** Keeps the answer that hides the banner longest: for example, "not now" never shortens an earlier "I already gave". */
export function memoryAfterClosing(
  reader: ReaderMemory,
  { manners = MANNERS, ...closed }: { way: WayToClose; at: number; manners?: Manners },
): ReaderMemory {
  const isShorter =
    reader.closed !== null && quietUntilAfterClosing(closed, manners) < quietUntilAfterClosing(reader.closed, manners);
  return isShorter ? reader : { ...reader, closed };
}

export function memoryAfterGift(reader: ReaderMemory, { regular, at }: { regular: boolean; at: number }): ReaderMemory {
  // A single gift after a regular gift does not shorten the time without banner that the regular gift started.
  return {
    ...reader,
    gift: { regular: regular || reader.gift?.regular === true, at, lastVisitAt: at },
    unfinished: undefined,
  };
}

/** The same memory as after `not-now`: any difference would show that a supporter was erased. */
export function memoryAfterErasure({ trial }: ReaderMemory, now: number): ReaderMemory {
  return memoryAfterClosing(memoryAfterView({ ...EMPTY_READER_MEMORY, trial }, now), { way: "not-now", at: now });
}

/** `formNonce`: the random number of this form. `unfinished`: the gift, kept until the device knows that it was paid. */
export function memoryAfterSendingForm(
  reader: ReaderMemory,
  { formNonce, at, unfinished }: { formNonce: string; at: number; unfinished?: unknown },
): ReaderMemory {
  return { ...reader, sentForms: { ...reader.sentForms, [formNonce]: at }, unfinished };
}

/** Extends the time without banner if the reader's gift was regular and that time has not ended. */
export function memoryAfterVisit(reader: ReaderMemory, now: number, manners: Manners = MANNERS): ReaderMemory {
  const { gift } = reader;
  if (!gift?.regular || now >= quietUntilAfterGift(gift, manners)) return reader;
  return { ...reader, gift: { ...gift, lastVisitAt: now } };
}
