// npm run log:check [-- BACKUP]: checks that the audit log is unchanged, and prints its last line. Only a comparison
// with a backup can show that the newest entries were removed. Exits with 1 on any difference.
import { type AuditLogCheckpoint, type AuditLogIntegrity, verifyAuditLog } from "../../domain/newsroom/staff/acts";
import { keyedHashOfAuditEntry } from "../../systems/auth/staff";
import { database } from "../../systems/database";
import { env } from "../../systems/env";
import { CommandError, runMainOrExit } from "../run/console.mjs";
import { parseBackupKey } from "./backup/encryption";
import { readAuditLogHeadOfBackup } from "./backup/log-head";

await runMainOrExit(async () => {
  const [backup, ...more] = process.argv.slice(2);
  if (more.length > 0) throw new CommandError("npm run log:check [-- BACKUP]");
  const backupHead = backup ? await readAuditLogHeadOfBackup(backup, parseBackupKey(env().BACKUP_KEY)) : null;
  const db = await database();
  const state = await verifyAuditLog(db, keyedHashOfAuditEntry, { known: backupHead ? [backupHead] : [] });
  await db.$disconnect();
  if (state.kind !== "whole") throw new CommandError(differenceIn(state, backupHead));
  console.log(`The log of acts is whole. Its last line: number ${state.head.number}, ${state.head.chain}`);
  if (backupHead) console.log(`It begins with the backup's log, up to line ${backupHead.number}.`);
});

function differenceIn(
  { kind, number }: Exclude<AuditLogIntegrity, { kind: "whole" }>,
  backupHead: AuditLogCheckpoint | null,
): string {
  if (kind === "cut") return `The log was cut off: line ${number} is in the backup and no longer in the ledger.`;
  const ofBackup = backupHead?.number === number ? ", or differs from the backup" : "";
  return `The log was changed: line ${number} does not fit the line before it${ofBackup}.`;
}
