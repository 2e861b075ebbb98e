// Lists every table that says something about a person, and the column that finds the person's rows. Erasing empties them all; a test
// compares this list with the schema, column by column. Payments and recurring gifts are not here: they stay, without the supporter's id.

export type PersonalTable = {
  table: string;
  /** The column that names the person: an address's hash, or the supporter's id. */
  by: "emailHash" | "personHash" | "supporterId";
};

/** In an order in which they can be deleted: `Supporter` itself goes last. */
export const PERSONAL_TABLES = [
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
