import { expect, test } from "vitest";
import { addNoBreakSpaces } from "./short-words";

/** In the expected texts, `_` stands for a no-break space. */
test.each([
  ["a preposition", "Вода в городе", "Вода в_городе"],
  ["a conjunction and a preposition in a row", "и в шахте, и на реке", "и_в_шахте, и_на_реке"],
  ["a capital letter", "В 1828 году", "В_1828 году"],
  ["a short word after a quotation mark or a bracket", "«У реки» (а не у моря)", "«У_реки» (а_не_у_моря)"],
  ["a particle", "так же, если бы", "так_же, если_бы"],
  ["a word that ends like a short one", "река за городом", "река за_городом"],
  ["a compound", "из-за воды", "из-за воды"],
  ["a long word", "через город", "через город"],
  ["the end of a line in a paragraph", "шахта в\nгороде", "шахта в_городе"],
  ["the end of a paragraph", "что за\n\n> город", "что за\n\n> город"],
  ["Markdown's emphasis", "в *этом* городе, **и** тут", "в_*этом* городе, **и** тут"],
  ["list items", "- а город\n- и река", "- а_город\n- и_река"],
])("joins short Russian words correctly: %s", (_, text, joined) => {
  expect(addNoBreakSpaces(text, "ru").replaceAll("\u00a0", "_")).toBe(joined);
});

test("does not join twice, and does not change text in another language", () => {
  const once = addNoBreakSpaces("и в шахте так же", "ru");
  expect(addNoBreakSpaces(once, "ru")).toBe(once);
  expect(addNoBreakSpaces("а и б", "en")).toBe("а и б");
});
