// The README names every test card and IBAN that there is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TEST_CARDS } from "./test-cards";
import { TEST_IBANS } from "./test-ibans";

const README = readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8").replace(
  /(?<=[\dA-Z]) (?=[\dA-Z])/g,
  "",
);

test("every test card is in the README, by its number or by its last four digits", () => {
  const missing = TEST_CARDS.filter(
    ({ number }) => !README.includes(number) && !README.includes(`…${number.slice(-4)}`),
  );
  expect(missing.map(({ number }) => number)).toEqual([]);
});

test("every test IBAN is in the README", () => {
  expect(TEST_IBANS.filter(({ iban }) => !README.includes(iban)).map(({ iban }) => iban)).toEqual([]);
});
