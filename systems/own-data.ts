// A supporter's own data, opened with this site's keys.
import "server-only";
import { getOwnData, type OwnData } from "../domain/supporters/own-data";
import { publication } from "../publication";
import { currentTime } from "./clock";
import { database } from "./database";
import { ownIdentity } from "./identity";

export async function readOwnData(supporterId: string): Promise<OwnData> {
  return getOwnData(await database(), { supporterId, identity: ownIdentity(), publication, now: currentTime() });
}
