// The texts of a receipt or a yearly statement. The page and the PDF both render this object.

export type DocumentLine = { id: string; name: string; value: string };

export type DocumentTable = {
  id: string;
  title: string;
  /** The reason why the rows are not counted in the sums; null if they are counted. */
  note: string | null;
  /** The column headings. The last column holds amounts. */
  columns: string[];
  rows: { id: string; cells: string[] }[];
  /** The last sum is the total. Empty if the rows are not counted. */
  sums: DocumentLine[];
};

export type DocumentContent = {
  language: string;
  name: string;
  /** The recipient of the money, line by line. */
  issuer: string[];
  title: string;
  documentTitle: string;
  facts: DocumentLine[];
  /** The amounts of a receipt. The last one is the amount given, or what is left of it if a part was returned. */
  sums: DocumentLine[];
  tables: DocumentTable[];
  notes: string[];
  /** The day on which the document was made, such as `2026-11-27`. */
  drawnUpOn: string;
  pageOf: (page: number, pages: number) => string;
};

/** A table for a spreadsheet. `decimal`: an amount with a decimal point, whatever the language. */
export type CsvTable = { columns: string[]; rows: (string | { decimal: string })[][] };
