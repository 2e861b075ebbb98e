// One statement for many rows, as Prisma takes it: the text in pieces, a value between each two. Runs on both databases.

type Value = string | number | bigint | Date;
type Statement = [text: TemplateStringsArray, ...values: Value[]];

/** `before` ends with VALUES; all `rows` have the same length. */
export function forRows(before: string, rows: Value[][], after: string): Statement {
  const pieces = rows.flatMap((row) => row.map((_, index) => (index === 0 ? "), (" : ", ")));
  const text = [`${before} (`, ...pieces.slice(1), `) ${after}`];
  return [Object.assign(text, { raw: text }), ...rows.flat()];
}
