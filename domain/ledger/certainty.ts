// What Stripe tells of again and again until it has come to an end: a payment, a refund, a dispute, a payout. No order of the
// tellings is promised, so only a surer one is news, and a row never goes back.

/** The words of Stripe's that a thing goes through, the least certain first; those of one stage exclude each other. */
export type Course<Status extends string = string> = readonly (readonly Status[])[];

type Standing = { status: string };
type Kept = Standing & { id: string };
/** A refund or a dispute is tied to its payment later. */
type Made<Row> = Omit<Row, "paymentId">;
type Table<Row extends Kept> = {
  findUnique(asked: { where: { id: string } }): PromiseLike<Row | null>;
  create(made: { data: Made<Row> }): PromiseLike<Row>;
  update(changed: { where: { id: string }; data: Partial<Row> }): PromiseLike<Row>;
};

export function isSurer<Status extends string>(
  course: Course<Status>,
  told: Standing,
  known: Standing | null,
): boolean {
  const stageOf = ({ status }: Standing) => course.findIndex((stage) => stage.some((each) => each === status));
  return !known || stageOf(told) > stageOf(known);
}

/** Makes the row of what is told of for the first time; of a surer telling it takes the `news`. `row`: as it stands then. */
export async function keepSurest<Row extends Kept>(
  table: Table<Row>,
  course: Course,
  { made, news }: { made: Made<Row> & Kept; news: Partial<Row> },
): Promise<{ row: Row; isNews: boolean }> {
  const { id } = made;
  const known = await table.findUnique({ where: { id } });
  if (!known) return { row: await table.create({ data: made }), isNews: true };
  if (!isSurer(course, made, known)) return { row: known, isNews: false };
  return { row: await table.update({ where: { id }, data: news }), isNews: true };
}
