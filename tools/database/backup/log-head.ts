// Finds the newest audit log entry in a backup. Backups are stored outside the ledger. So a comparison with this entry
// shows if this or an earlier entry of the ledger's audit log was later changed or removed.
import type { AuditLogCheckpoint } from "../../../domain/newsroom/staff/acts";
import { type ArchivedRow, type BackupArchiveHeader, type RowBatch, readArchive } from "./archive";

/** Returns the newest audit log entry of the backup, or null if the backup's log is empty. */
export async function readAuditLogHeadOfBackup(path: string, key: string): Promise<AuditLogCheckpoint | null> {
  const finder = createAuditLogHeadFinder();
  await readArchive(path, { key, ...finder });
  return finder.found();
}

export function createAuditLogHeadFinder() {
  let columns: string[] = [];
  let last: AuditLogCheckpoint | null = null;
  return {
    onHead({ tables }: BackupArchiveHeader): void {
      columns = tables.find(({ name }) => name === "Act")?.columns.map(({ name }) => name) ?? [];
    },
    async onBatch({ table, rows }: RowBatch): Promise<void> {
      if (table !== "Act") return;
      for (const row of rows) {
        const number = Number(textOf(row[columns.indexOf("number")]));
        if (number > (last?.number ?? 0)) last = { number, chain: textOf(row[columns.indexOf("chain")]) };
      }
    },
    found: () => last,
  };
}

function textOf(value: ArchivedRow[number] | undefined): string {
  return typeof value === "object" && value !== null ? value.n : (value ?? "");
}
