// The colleagues who may open the newsroom: those in the settings, and those whom they invited.
import "server-only";
import { createHash, randomUUID } from "node:crypto";
import type { SealedAddress } from "../../domain/identity";
import { type NewAct, recordAct } from "../../domain/newsroom/staff/acts";
import { type Colleague, findColleague, getColleague } from "../../domain/newsroom/staff/colleagues";
import { currentTime } from "../clock";
import type { Db, Tx } from "../database";
import { env } from "../env";
import { ownIdentity } from "../identity";

/** The addresses in STAFF_EMAILS. */
export function listRoots(): SealedAddress[] {
  const identity = ownIdentity();
  return env().STAFF_EMAILS.flatMap((email) => identity.sealAddress(email) ?? []);
}

export function findOwnColleague(db: Db, emailHash: string): Promise<Colleague | null> {
  return findColleague(db, { emailHash, roots: listRoots() });
}

/** The same with a row in the ledger, which an act needs. */
export function getOwnColleague(db: Db, emailHash: string): Promise<Colleague | null> {
  return getColleague(db, { emailHash, roots: listRoots(), newId: randomUUID(), now: currentTime() });
}

/** Writes what staff did into the log, with the site's time. Call it in the transaction that does it. */
export function noteAct(tx: Tx, act: Omit<NewAct, "now">): Promise<void> {
  return recordAct(tx, { ...act, now: currentTime() }, sha256);
}

/** The same for functions of domain/ that write acts themselves. Null: the site does it. */
export function actsOf(colleague: Colleague | null) {
  return (tx: Tx, act: Omit<NewAct, "now" | "colleague">): Promise<void> => noteAct(tx, { ...act, colleague });
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
