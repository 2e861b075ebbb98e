// Writes a table of figures as CSV (RFC 4180). It begins with a byte order mark: without one Excel takes Cyrillic for Latin
// letters. A text that a spreadsheet would run as a formula gets an apostrophe in front of it.
import "server-only";
import { stringify } from "csv-stringify/sync";
import type { FigureTable } from "../../domain/supporters/paper";

export function tableAsCsv({ columns, rows }: FigureTable): string {
  return linesOf([columns, ...rows], { bom: true });
}

type Cell = string | number | null;

/** The same for a table that is too long to hold: one batch of rows is in memory at a time. */
export async function* tableInBatches(
  columns: readonly string[],
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(linesOf([columns], { bom: true }));
  for await (const rows of batches) yield Buffer.from(linesOf(rows, { bom: false }));
}

function linesOf(rows: readonly (readonly unknown[])[], { bom }: { bom: boolean }): string {
  return stringify([...rows], {
    bom,
    record_delimiter: "windows",
    escape_formulas: true,
    // By itself the library does not quote a field with a lone CR or LF, which would begin a new record.
    quoted_match: /[\r\n]/,
    // Amounts are objects. They come from us, and a spreadsheet must read -10.00 as a number.
    cast: { object: (cell) => ({ value: String(cell.decimal), escape_formulas: false }) },
  });
}
