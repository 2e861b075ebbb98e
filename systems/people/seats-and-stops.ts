// Decisions of colleagues about free seats (letters without a gift) and stopped e-mail. Each is made in one transaction
// with its audit log entry.
import "server-only";
import { nextDay, startOfDay } from "../../domain/calendar";
import { findMailAddress } from "../../domain/ledger/store/supporters";
import { listFreeSeatsAndStoppedAddresses } from "../../domain/newsroom/people/store/supporter";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { deleteStoppedAddress, listCurrentAddressHashes } from "../../domain/supporters/store";
import { endFreeSeat, findFreeSeat, putFreeSeat } from "../../domain/supporters/store/letters";
import { publication } from "../../publication";
import { recordActInAuditLog } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { identityCrypto } from "../identity";

type By = { colleague: Colleague; emailHash: string };

/**
 * Lets e-mail be sent to the supporter again. Does nothing if e-mail to the supporter's current addresses is not
 * stopped.
 */
export async function resumeMailToSupporter(
  db: Db,
  { supporterId, colleague }: { supporterId: string; colleague: Colleague },
): Promise<void> {
  const { stops } = await listFreeSeatsAndStoppedAddresses(db, await listCurrentAddressHashes(db, { supporterId }));
  if (stops.length === 0) return;
  await db.$transaction(async (tx) => {
    for (const { emailHash } of stops) await deleteStoppedAddress(tx, emailHash);
    await recordActInAuditLog(tx, { colleague, kind: "mail-stop-lifted", about: `supporter:${supporterId}` });
  });
}

/**
 * `to`: the person whose seat it is. Identifies a supporter by id, and anybody else by e-mail address or by the e-mail
 * hash of their free seat. The audit log never contains an address or hash, but only a supporter's id.
 */
type Seat = { to: { supporterId: string } | { address: string } | { emailHash: string }; by: By };

/**
 * Returns the end of a free seat whose last day is `until`: the last second of that day. Returns null if that day is
 * already over.
 */
export function freeSeatEndUnlessPast(until: string): Date | null {
  const end = new Date(startOfDay(nextDay(until), publication.timeZone).getTime() - 1000);
  return end > currentTime() ? end : null;
}

/**
 * Gives a free seat until `until`, or changes its end. Returns false if the address is unknown or not valid.
 */
export async function giveFreeSeat(db: Db, { to, by, until }: Seat & { until: Date }): Promise<boolean> {
  const address = await findSeatAddress(db, to);
  if (!address) return false;
  await db.$transaction(async (tx) => {
    const before = await findFreeSeat(tx, address.emailHash);
    await putFreeSeat(tx, { ...address, until, givenBy: by.emailHash, givenAt: before?.givenAt ?? currentTime() });
    await recordActInAuditLog(tx, {
      colleague: by.colleague,
      kind: "free-seat-given",
      about: aboutOf(to),
      before: { until: before?.until.toISOString() ?? null },
      after: { until: until.toISOString() },
    });
  });
  return true;
}

export async function withdrawFreeSeat(db: Db, { to, by }: Seat): Promise<void> {
  const address = await findSeatAddress(db, to);
  if (!address) return;
  await db.$transaction(async (tx) => {
    const before = await findFreeSeat(tx, address.emailHash);
    if (!before || before.until <= currentTime()) return;
    await endFreeSeat(tx, { emailHash: address.emailHash, now: currentTime() });
    await recordActInAuditLog(tx, {
      colleague: by.colleague,
      kind: "free-seat-ended",
      about: aboutOf(to),
      before: { until: before.until.toISOString() },
    });
  });
}

async function findSeatAddress(db: Db, to: Seat["to"]) {
  const { defaultLanguage } = publication;
  if ("supporterId" in to) return findMailAddress(db, to.supporterId);
  if ("address" in to) {
    const sealed = identityCrypto().sealAddress(to.address);
    return sealed && { ...sealed, locale: defaultLanguage };
  }
  const seat = await findFreeSeat(db, to.emailHash);
  return seat && { emailHash: seat.emailHash, emailSealed: seat.emailSealed, locale: seat.locale };
}

function aboutOf(to: Seat["to"]): string {
  return "supporterId" in to ? `supporter:${to.supporterId}` : "free-seat:";
}
