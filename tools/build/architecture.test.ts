import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drawArchitecture } from "./architecture";

test("docs/architecture.md shows the imports as they are; `npm run architecture` draws it again", () => {
  expect(readFileSync(join(import.meta.dirname, "../../docs/architecture.md"), "utf8")).toBe(drawArchitecture());
});
