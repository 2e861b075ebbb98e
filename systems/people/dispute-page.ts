import "server-only";
import { notFound } from "next/navigation";
import { type DisputeCase, findDisputeCase } from "../../domain/newsroom/evidence/dispute-case";
import { getEvidenceDrafts, type SharedAndOwnUnsavedDrafts } from "../../domain/newsroom/evidence/drafts";
import { publication } from "../../publication";
import { listColleagueAddresses } from "../auth/colleague-names";
import type { SignedInColleague } from "../auth/signed-in-user";
import { currentTime } from "../clock";
import { database } from "../database";
import { identityCrypto } from "../identity";

export type DisputePageData = {
  found: DisputeCase;
  drafts: SharedAndOwnUnsavedDrafts;
  now: Date;
  timeZone: string;
  names: ReadonlyMap<string, string>;
};

/** Returns what the page of a dispute shows. Responds with 404 if the ledger does not know the dispute. */
export async function getDisputePage(
  disputeId: string,
  { colleague }: Pick<SignedInColleague, "colleague">,
): Promise<DisputePageData> {
  const db = await database();
  const found = (await findDisputeCase(db, disputeId)) ?? notFound();
  const drafts = await getEvidenceDrafts(db, { disputeId, colleague, identity: identityCrypto() });
  return { found, drafts, now: currentTime(), timeZone: publication.timeZone, names: await listColleagueAddresses(db) };
}
