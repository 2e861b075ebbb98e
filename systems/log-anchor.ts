// Writes the latest hash of the audit log to the server's log once a day. If the audit log is not whole, writes an
// error instead. Somebody who can change the audit log in the database cannot change the copy of the hash.
import "server-only";
import { checkAuditLog } from "./auth/log-check";
import type { Db } from "./database";
import { log } from "./log";
import { runtime } from "./runtime";

const EVERY_MS = 24 * 60 * 60 * 1000;

/**
 * Writes the audit log's last hash to the server's log, at the first call of a process and then once a day. Writes an
 * error if the audit log is not whole. Always returns false, because the job need not run again at once.
 */
export async function checkAuditLogAndLogHashDaily(db: Db, now: Date): Promise<boolean> {
  if (now.getTime() < (runtime.logAnchorAfterMs ?? 0)) return false;
  runtime.logAnchorAfterMs = now.getTime() + EVERY_MS;
  const state = await checkAuditLog(db);
  if (state.kind !== "whole") log.error({ line: state.number, problem: state.kind }, "the log of acts is not whole");
  else if (state.head.number > 0)
    log.info({ line: state.head.number, chain: state.head.chain }, "the head of the log of acts");
  return false;
}
