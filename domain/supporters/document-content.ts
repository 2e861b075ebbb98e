// The texts of a receipt or a yearly statement. The page and the PDF both show them.

export type DocumentLine = { id: string; name: string; value: string };

export type DocumentTable = {
  id: string;
  title: string;
  /** If the rows of this table are not counted in the sums, a sentence that says why. Otherwise null. */
  note: string | null;
  /** The column headings. The last column has the amounts. */
  columns: string[];
  rows: { id: string; cells: string[] }[];
  /** The sums below the table; the last one is the total. Empty for a table whose rows are not counted in any sum. */
  sums: DocumentLine[];
};

export type DocumentContent = {
  language: string;
  name: string;
  /** The organisation that received the money, line by line. */
  issuer: string[];
  title: string;
  documentTitle: string;
  facts: DocumentLine[];
  /** The amounts of a receipt. The last one is the amount given, or what is left of it after refunds and disputes. */
  sums: DocumentLine[];
  tables: DocumentTable[];
  notes: string[];
  /** The day on which the document was made, such as `2026-11-27`. */
  issuedOn: string;
  pageOf: (page: number, pages: number) => string;
};

/** A table for a spreadsheet. `decimal`: an amount with a decimal point in every language. */
export type CsvTable = { columns: string[]; rows: (string | { decimal: string })[][] };
