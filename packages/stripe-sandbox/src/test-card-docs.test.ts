import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TEST_CARDS } from "./test-cards";
import { TEST_IBANS } from "./test-ibans";

const TABLES = readFileSync(join(import.meta.dirname, "../docs/test-cards.md"), "utf8").replace(
  /(?<=[\dA-Z]) (?=[\dA-Z])/g,
  "",
);

test("the documentation lists every test card, by its number or its last four digits", () => {
  const missing = TEST_CARDS.filter(
    ({ number }) => !TABLES.includes(number) && !TABLES.includes(`…${number.slice(-4)}`),
  );
  expect(missing.map(({ number }) => number)).toEqual([]);
});

test("the documentation lists every test IBAN", () => {
  expect(TEST_IBANS.filter(({ iban }) => !TABLES.includes(iban)).map(({ iban }) => iban)).toEqual([]);
});
