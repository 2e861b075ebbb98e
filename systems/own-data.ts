import "server-only";
import { listAddressLookupsByStaff } from "../domain/newsroom/people/lookups";
import { getOwnData } from "../domain/supporters/own-data";
import type { OwnData } from "../domain/supporters/own-data-format";
import { publication } from "../publication";
import { currentTime } from "./clock";
import { database } from "./database";
import { identityCrypto } from "./identity";

export async function readOwnData(supporterId: string): Promise<OwnData> {
  const db = await database();
  const lookups = await listAddressLookupsByStaff(db, supporterId);
  return getOwnData(db, { supporterId, identity: identityCrypto(), publication, lookups, now: currentTime() });
}
