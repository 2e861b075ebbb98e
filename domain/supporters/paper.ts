// The texts of a receipt or statement. The page and the PDF render the same Paper, so they cannot differ.

/** `id`: unique within a list. */
export type PaperLine = { id: string; name: string; value: string };

export type PaperTable = {
  id: string;
  title: string;
  /** The reason why the table's rows are not counted; null if they are counted. */
  note: string | null;
  /** The name of each cell. The last cell is an amount. */
  columns: string[];
  rows: { id: string; cells: string[] }[];
  /** The sums; the last one is the total. Empty if the rows are not counted. */
  sums: PaperLine[];
};

export type Paper = {
  language: string;
  /** The publication's name, shown at the top. */
  name: string;
  /** The recipient of the money, line by line. */
  issuer: string[];
  title: string;
  /** The title of the PDF document, different for each paper. */
  documentTitle: string;
  facts: PaperLine[];
  /** The amounts of a receipt; the last one is the amount given, or the amount kept if a part was returned. */
  sums: PaperLine[];
  tables: PaperTable[];
  notes: string[];
  /** The day on which the paper was made, such as `2026-11-27`. */
  drawnUpOn: string;
  /** Returns a text such as "Page 1 of 2". */
  pageOf: (page: number, pages: number) => string;
};

/** A table for a spreadsheet. An amount is a decimal with a point in every language. */
export type CsvTable = { columns: string[]; rows: (string | { decimal: string })[][] };
