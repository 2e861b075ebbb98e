// Checks the whole audit log, then only new entries for the next ten minutes. If a check of the whole log finds a
// fault, the next call checks the whole log again. The process remembers the latest entry that it checked. So it
// notices if the end of the log is deleted while the process runs.
import "server-only";
import { type AuditLogCheckpoint, type AuditLogIntegrity, verifyAuditLog } from "../../domain/newsroom/staff/acts";
import { machineTime } from "../clock";
import type { Db } from "../database";
import { keyedHashOfAuditEntry } from "./staff";

const FULL_CHECK_EVERY_MS = 10 * 60 * 1000;

type Seen = { head: AuditLogCheckpoint; fullCheckAtMs: number };

const seenIn = new WeakMap<Db, Seen>();

export async function checkAuditLog(db: Db): Promise<AuditLogIntegrity> {
  const seen = seenIn.get(db);
  const nowMs = machineTime().getTime();
  const isRecent = seen !== undefined && nowMs - seen.fullCheckAtMs < FULL_CHECK_EVERY_MS;
  const state = await verifyAuditLog(
    db,
    keyedHashOfAuditEntry,
    isRecent ? { from: seen.head } : { known: seen ? [seen.head] : [] },
  );
  if (state.kind === "whole")
    seenIn.set(db, { head: state.head, fullCheckAtMs: isRecent ? seen.fullCheckAtMs : nowMs });
  return state;
}
