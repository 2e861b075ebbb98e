import { DEFAULT_MANNERS, daysInMs, type Manners, type WayToCloseBanner } from "./manners";
import { quietEndAfterClosingMs, quietEndAfterGiftMs } from "./quiet-period";
import { EMPTY_READER_MEMORY, type ReaderMemory } from "./reader-memory";

export function readerMemoryAfterShowingBanner(reader: ReaderMemory, now: number): ReaderMemory {
  const counted = reader.views.filter((at) => now - at < daysInMs(DEFAULT_MANNERS.viewsCountedForDays));
  return { ...reader, views: [...counted, now] };
}

/**
 * Returns the memory after the reader has closed the banner with an answer. An earlier answer that hides the banner for
 * longer is not replaced. So "not now" never shortens an earlier "I already gave".
 */
export function readerMemoryAfterClosingBanner(
  reader: ReaderMemory,
  { manners = DEFAULT_MANNERS, ...closed }: { way: WayToCloseBanner; at: number; manners?: Manners },
): ReaderMemory {
  const isShorter =
    reader.closed !== null && quietEndAfterClosingMs(closed, manners) < quietEndAfterClosingMs(reader.closed, manners);
  return isShorter ? reader : { ...reader, closed };
}

export function readerMemoryAfterGift(
  reader: ReaderMemory,
  { regular, at }: { regular: boolean; at: number },
): ReaderMemory {
  // If an earlier gift was recurring, `regular` stays true. Otherwise a later single gift would shorten the time
  // without a banner.
  return {
    ...reader,
    gift: { regular: regular || reader.gift?.regular === true, at, lastVisitAt: at },
    unfinished: undefined,
  };
}

/**
 * Returns the memory for a device after its supporter was erased. It equals the memory of a reader who has seen the
 * banner once and chosen `not-now`, so that nothing shows the erasure. Keeps only `trial`.
 */
export function memoryAfterSupporterErasure({ trial }: ReaderMemory, now: number): ReaderMemory {
  return readerMemoryAfterClosingBanner(readerMemoryAfterShowingBanner({ ...EMPTY_READER_MEMORY, trial }, now), {
    way: "not-now",
    at: now,
  });
}

/**
 * Returns the memory after a gift form was sent. `formNonce`: the random number of this form. `unfinished`: the gift in
 * this form; it replaces an earlier unfinished gift.
 */
export function memoryAfterSendingForm(
  reader: ReaderMemory,
  { formNonce, at, unfinished }: { formNonce: string; at: number; unfinished?: unknown },
): ReaderMemory {
  return { ...reader, sentForms: { ...reader.sentForms, [formNonce]: at }, unfinished };
}

/**
 * Returns the reader's memory after a visit. After a regular gift the banner stays hidden for a time. If this time has
 * not ended, the visit extends it to at least `quietDaysAfterVisitOfRegularSupporter` days from the visit.
 */
export function memoryAfterVisit(reader: ReaderMemory, now: number, manners: Manners = DEFAULT_MANNERS): ReaderMemory {
  const { gift } = reader;
  if (!gift?.regular || now >= quietEndAfterGiftMs(gift, manners)) return reader;
  return { ...reader, gift: { ...gift, lastVisitAt: now } };
}
