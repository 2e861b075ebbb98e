import { expect, test } from "vitest";
import type { AppealCopy } from "../domain/appeal/appeal-copy";
import { readContent } from "../systems/content";

const { appeals } = readContent(import.meta.dirname);

test("an appeal in another language has the variants of the English one, with the same amounts", () => {
  const english = appeals.get("en")?.map(shapeOf);
  expect(english).toBeDefined();
  expect([...appeals.keys()]).toContain("ru");
  for (const [language, variants] of appeals) expect(variants.map(shapeOf), language).toEqual(english);
});

/** An experiment compares the variants in all languages together, and the amounts come from the same accounts. */
function shapeOf({ id, variant, amounts, figure, signature }: AppealCopy) {
  const figures = amounts.map(({ amount }) => amount);
  return { id, variant, amounts: figures, hasFigure: figure !== null, hasSignature: signature !== null };
}
