// Reads the newest act's number and hash from a backup: evidence, outside of the ledger, of what the log contained at that time.
import type { LogHead } from "../../../domain/newsroom/staff/acts";
import { type ArchivedRow, type ArchiveHead, type RowBatch, readArchive } from "./archive";

/** Returns null for a backup with an empty log. */
export async function readLogHead(path: string, key: string): Promise<LogHead | null> {
  const finder = newLogHeadFinder();
  await readArchive(path, { key, ...finder });
  return finder.found();
}

/** Returns handlers that find the newest act in an archive while it is read. */
export function newLogHeadFinder() {
  let columns: string[] = [];
  let last: LogHead | null = null;
  return {
    onHead({ tables }: ArchiveHead): void {
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
