// The README lists every test card and test IBAN.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TEST_CARDS } from "./test-cards";
import { TEST_IBANS } from "./test-ibans";

const README = readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8").replace(
  /(?<=[\dA-Z]) (?=[\dA-Z])/g,
  "",
);

test("the README lists every test card, by its number or its last four digits", () => {
  const missing = TEST_CARDS.filter(
    ({ number }) => !README.includes(number) && !README.includes(`…${number.slice(-4)}`),
  );
  expect(missing.map(({ number }) => number)).toEqual([]);
});

test("the README lists every test IBAN", () => {
  expect(TEST_IBANS.filter(({ iban }) => !README.includes(iban)).map(({ iban }) => iban)).toEqual([]);
});
