// Writes CSV as in RFC 4180, with a byte order mark. Without the mark, Excel misreads Cyrillic letters. A text that a
// spreadsheet would run as a formula gets an apostrophe in front.
import "server-only";
import { stringify } from "csv-stringify/sync";
import type { CsvTable } from "../../domain/supporters/document-content";

/** Matches a text that a spreadsheet would read as a formula, with ASCII or full-width characters. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * A text that looks like a formula gets an apostrophe. Amounts are objects and get none, so that a spreadsheet reads
 * -10.00 as a number.
 */
const OPTIONS = {
  record_delimiter: "windows",
  // Quotes a field that contains a CR or LF alone, because an unquoted one would begin a new record. By default, the
  // library does not quote such a field.
  quoted_match: /[\r\n]/,
  cast: {
    string: (text: string) => (FORMULA.test(text) ? `'${text}` : text),
    object: (cell: Record<string, unknown>) => String(cell.decimal),
  },
} as const;

export function tableAsCsv({ columns, rows }: CsvTable): string {
  return stringify([columns, ...rows], { ...OPTIONS, bom: true });
}

type Cell = string | number | null | { decimal: string };

export async function* streamTableAsCsv(
  columns: readonly string[],
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(stringify([[...columns]], { ...OPTIONS, bom: true }));
  for await (const rows of batches) yield Buffer.from(stringify(rows as Cell[][], OPTIONS));
}
