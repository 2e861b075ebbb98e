// Erases supporters. The ledger's tables record what is left to do. If Stripe hangs or the process exits midway, the
// background jobs finish the erasure.
import "server-only";
import { forEachIsolated } from "../domain/for-each-isolated";
import {
  beginErasure,
  buildErasureListEntry,
  type ErasureDoneMail,
  type ErasureListEntry,
  eraseSupporter,
  erasureHashOf,
} from "../domain/ledger/erasure";
import { requestRecurringGiftFetch } from "../domain/ledger/recurring-gifts";
import {
  deleteFinishedErasure,
  hasErasureWithoutConfirmationMail,
  listAllSupporterAddresses,
  listUnfinishedErasures,
  selectExistingSupporterIds,
} from "../domain/ledger/store/erasures";
import { listErasureFollowUps } from "../domain/ledger/store/follow-ups";
import { listRecurringGiftsNotEnded } from "../domain/ledger/store/recurring-gifts";
import { findMailAddress, type MailRecipient } from "../domain/ledger/store/supporters";
import { isMailToAddressStopped } from "../domain/supporters/stopped-addresses";
import { backoffUntil } from "./backoff";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { requestPurgeOfDeletedValues } from "./delete-expired";
import { env } from "./env";
import { appendToErasureList, readErasureList } from "./erasure-list";
import { carryOutFollowUpAndRecordAnswer } from "./follow-ups";
import { buildRecordFactsOptions } from "./ledger-context";
import { log, redactError } from "./log";
import { syncRecurringGift } from "./recurring-gifts";
import { runtime } from "./runtime";
import { stripe } from "./stripe/client";
import { endSubscription } from "./stripe/erase";

const AFTER_FAILURE_MS = 60 * 1000;

/**
 * Starts an erasure. From then on the background jobs finish it, even after a failure or a crash. `isSilent`: no e-mail
 * confirms it.
 */
export async function startErasure(db: Db, supporterId: string, { isSilent = false } = {}): Promise<void> {
  await beginErasure(db, { supporterId, isSilent, now: currentTime() });
}

/**
 * Ends the supporter's recurring gifts and erases the supporter. Throws, and keeps the identity, if a gift does not end
 * at Stripe or the list of erasures cannot be written. Safe to repeat.
 */
export async function endGiftsAndErase(db: Db, supporterId: string): Promise<void> {
  for (const { id, subscriptionId } of await listRecurringGiftsNotEnded(db, supporterId)) {
    if (!(await endSubscription(stripe(), subscriptionId))) continue;
    await syncRecurringGift(db, {
      id,
      subscriptionId,
      changeNumber: await requestRecurringGiftFetch(db, { id, fetchAfter: currentTime() }),
    });
  }
  const options = buildRecordFactsOptions(currentTime());
  const note = await buildErasureListEntry(db, { supporterId, options });
  if (!note) return deleteFinishedErasure(db, supporterId);
  const to = await findConfirmationAddress(db, supporterId);
  appendToErasureList(note);
  await erase(db, note, to && { to, isNeutral: env().OUTLET_RISK === "high" });
  log.info({}, "a supporter was erased");
}

/**
 * Returns the address for the e-mail that confirms the erasure. Returns null if the erasure is silent. Also returns
 * null if the supporter has no current address, or wants no e-mail at this address.
 */
async function findConfirmationAddress(db: Db, supporterId: string): Promise<MailRecipient | null> {
  if (await hasErasureWithoutConfirmationMail(db, supporterId)) return null;
  const to = await findMailAddress(db, supporterId);
  return to && !(await isMailToAddressStopped(db, to.emailHash)) ? to : null;
}

async function erase(db: Db, note: ErasureListEntry, confirmation: ErasureDoneMail | null = null): Promise<void> {
  await eraseSupporter(db, { note, options: buildRecordFactsOptions(currentTime()), confirmation });
  requestPurgeOfDeletedValues();
  // If another connection reads the database at this moment, deleted values stay in its files. The job in
  // delete-expired.ts then tries every minute to remove them.
  await db.$purgeOldValues();
}

/**
 * Asks Stripe to erase its data about supporters whom the site has erased. If Stripe fails, the background jobs ask
 * again later.
 */
export async function askStripeToErase(db: Db): Promise<void> {
  const ask = ({ key, after, attempts }: { key: string; after: Date; attempts: number }) =>
    carryOutFollowUpAndRecordAnswer(db, { key, after, askAgainAt: backoffUntil(currentTime(), attempts) });
  await forEachIsolated(await listErasureFollowUps(db), ask, {
    onFailure: ({ key }, error) =>
      log.warn({ about: key, error: redactError(error) }, "Stripe could not be asked to erase"),
  });
}

/**
 * Continues the erasures that are not finished. After a failure, waits a minute before the next try. Always returns
 * false, which means that the job need not run again at once.
 */
export async function continueErasures(db: Db, now: Date): Promise<boolean> {
  if (now.getTime() < (runtime.eraseAfterMs ?? 0)) return false;
  await forEachIsolated(await listUnfinishedErasures(db), ({ supporterId }) => endGiftsAndErase(db, supporterId), {
    onFailure: (_, error) => {
      runtime.eraseAfterMs = now.getTime() + AFTER_FAILURE_MS;
      log.warn({ error: redactError(error) }, "an erasure could not be finished; the job will try again");
    },
  });
  return false;
}

/**
 * Erases the listed supporters again in a ledger that was restored from an older backup. Returns how many of them were
 * in the ledger.
 */
export async function eraseSupportersAgainAfterRestore(db: Db, allNotes: readonly ErasureListEntry[]): Promise<number> {
  if (allNotes.length === 0) return 0;
  const { identity } = buildRecordFactsOptions(currentTime());
  // If an address was erased twice, the later entry is used, because it covers more payments.
  const notes = allNotes.toSorted((a, b) => a.erasedAt.getTime() - b.erasedAt.getTime());
  const byHash = new Map(notes.flatMap((note) => note.addressHashes.map((hash) => [hash, note] as const)));
  const erased = new Map(notes.map((note) => [note.supporterId, note]));
  // An erased person can have another id in the restored ledger: their id changed if the ledger was rebuilt between the
  // backup and the erasure. So this loop also looks for their e-mail address.
  for (const { supporterId, emailSealed, since } of await listAllSupporterAddresses(db)) {
    const hash = erasureHashOf(identity, emailSealed);
    const note = hash ? byHash.get(hash) : undefined;
    if (note && since <= note.erasedAt && !erased.has(supporterId)) erased.set(supporterId, { ...note, supporterId });
  }
  const supporters = await selectExistingSupporterIds(db, [...erased.keys()]);
  for (const note of erased.values()) await erase(db, note);
  return supporters.length;
}

/**
 * Erases supporters of the list of erasures who are in the ledger again. This happens if somebody restored the ledger
 * without `npm run restore`. Compares only ids, so that the site starts fast.
 */
export async function eraseRestoredSupportersAtStart(db: Db): Promise<void> {
  const notes = new Map((readErasureList() ?? []).map((note) => [note.supporterId, note]));
  for (const id of await selectExistingSupporterIds(db, [...notes.keys()])) {
    const note = notes.get(id);
    if (!note) continue;
    await erase(db, note);
    log.warn({}, "a supporter who was erased was in the ledger again, and was erased again");
  }
}
