// Checks the log of acts for its page: wholly every ten minutes, and in between what came since. This process also remembers the last
// head that it saw, so that a cut at the log's end is noticed until the next start.
import "server-only";
import { checkLog, type LogHead, type LogState } from "../../domain/newsroom/staff/acts";
import { machineTime } from "../clock";
import type { Db } from "../database";
import { actDigest } from "./staff";

const WHOLLY_EVERY_MS = 10 * 60 * 1000;

type Seen = { head: LogHead; whollyAtMs: number };

const seenIn = new WeakMap<Db, Seen>();

export async function checkOwnLog(db: Db): Promise<LogState> {
  const seen = seenIn.get(db);
  const nowMs = machineTime().getTime();
  const isRecent = seen !== undefined && nowMs - seen.whollyAtMs < WHOLLY_EVERY_MS;
  const state = await checkLog(db, actDigest, isRecent ? { from: seen.head } : { known: seen ? [seen.head] : [] });
  if (state.kind === "whole") seenIn.set(db, { head: state.head, whollyAtMs: isRecent ? seen.whollyAtMs : nowMs });
  return state;
}
