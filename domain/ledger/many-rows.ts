// One statement for many rows, as Prisma takes it: the text in pieces, a value between each two. Runs on both databases.

export type Value = string | number | bigint | boolean | Date | null;
type Statement = [text: TemplateStringsArray, ...values: Value[]];

/** Text as it is, and values where they stand in it. */
export function statementOf(parts: (string | { value: Value })[]): Statement {
  const text = [""];
  const values: Value[] = [];
  for (const part of parts) {
    if (typeof part === "string") text.push(text.pop() + part);
    else {
      values.push(part.value);
      text.push("");
    }
  }
  return [Object.assign(text, { raw: text }), ...values];
}

/** `before` ends with VALUES; all `rows` have the same length. */
export function forRows(before: string, rows: Value[][], after: string): Statement {
  const pieces = rows.flatMap((row) => row.map((_, index) => (index === 0 ? "), (" : ", ")));
  const text = [`${before} (`, ...pieces.slice(1), `) ${after}`];
  return [Object.assign(text, { raw: text }), ...rows.flat()];
}

type Into<Row> = { table: string; row: Row; after: string };

/** One new row; `after`: what happens where its key is taken. Far cheaper than a call that Prisma has to plan, and in one step. */
export function forRow<Row extends Record<string, Value>>({ table, row, after }: Into<Row>): Statement {
  const names = Object.keys(row).map((name) => `"${name}"`);
  return forRows(`INSERT INTO "${table}" (${names.join(", ")}) VALUES`, [Object.values(row)], after);
}

export const UNLESS_THERE = "ON CONFLICT DO NOTHING";
