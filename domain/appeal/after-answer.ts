// How a device's memory changes when the banner was shown or answered, and when the reader comes back.
import { days, MANNERS, type Manners, type WayToClose } from "./manners";
import { EMPTY_READER_MEMORY, type ReaderMemory } from "./reader-memory";
import { closedUntil, thankedUntil } from "./rest";

export function afterView(reader: ReaderMemory, now: number): ReaderMemory {
  const counted = reader.views.filter((at) => now - at < days(MANNERS.viewsCountedForDays));
  return { ...reader, views: [...counted, now] };
}

/** Keeps the answer that hides the banner longest: "not now" never shortens an earlier "I already gave". */
export function afterClosing(
  reader: ReaderMemory,
  { manners = MANNERS, ...closed }: { way: WayToClose; at: number; manners?: Manners },
): ReaderMemory {
  const isShorter = reader.closed !== null && closedUntil(closed, manners) < closedUntil(reader.closed, manners);
  return isShorter ? reader : { ...reader, closed };
}

export function afterGift(reader: ReaderMemory, { regular, at }: { regular: boolean; at: number }): ReaderMemory {
  // A later single gift does not shorten the rest that a regular gift brought.
  return {
    ...reader,
    gift: { regular: regular || reader.gift?.regular === true, at, lastVisitAt: at },
    unfinished: undefined,
  };
}

/**
 * The memory of a device whose reader was forgotten: the same as a stranger's after "not this time". A longer wait or an extra field would
 * show that somebody who gave has left. The experiment's arm stays, as on a stranger's device.
 */
export function afterForgetting({ trial }: ReaderMemory, now: number): ReaderMemory {
  return afterClosing(afterView({ ...EMPTY_READER_MEMORY, trial }, now), { way: "not-now", at: now });
}

/** `unfinished`: the gift, until the device knows that it was paid. */
export function afterSendingForm(
  reader: ReaderMemory,
  { mark, at, unfinished }: { mark: string; at: number; unfinished?: unknown },
): ReaderMemory {
  return { ...reader, sentForms: { ...reader.sentForms, [mark]: at }, unfinished };
}

/** Renews the quiet time of a reader who gives regularly and came back in time. After a longer absence the quiet time is over. */
export function afterVisit(reader: ReaderMemory, now: number, manners: Manners = MANNERS): ReaderMemory {
  const { gift } = reader;
  if (!gift?.regular || now >= thankedUntil(gift, manners)) return reader;
  return { ...reader, gift: { ...gift, lastVisitAt: now } };
}
