// The tables from which an erasure deletes a person's rows, with the column that identifies the person. A test compares
// this list with the schema. eraseSupporterFromPayments() deletes messages and drafts of evidence, which have no such
// column.

export type PersonalTable = {
  table: string;
  by: "emailHash" | "personHash" | "supporterId";
};

/**
 * The tables from which an erasure deletes the supporter's rows, in this order. Then it deletes the row in `Supporter`.
 * `by`: the column that identifies the supporter.
 */
export const TABLES_WITH_ROWS_TO_ERASE = [
  { table: "OutboxMail", by: "personHash" },
  { table: "SignInToken", by: "emailHash" },
  { table: "Session", by: "emailHash" },
  { table: "MailStop", by: "emailHash" },
  { table: "Reminder", by: "emailHash" },
  { table: "LetterReader", by: "emailHash" },
  { table: "LetterReader", by: "supporterId" },
  { table: "FreeSeat", by: "emailHash" },
  { table: "Erasure", by: "supporterId" },
  { table: "AddressChange", by: "supporterId" },
  { table: "MailRefusal", by: "supporterId" },
  { table: "SupporterAddress", by: "emailHash" },
  { table: "SupporterAddress", by: "supporterId" },
] as const satisfies readonly PersonalTable[];
