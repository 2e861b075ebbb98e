import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drawArchitecture } from "./architecture";

test("docs/architecture.md matches the imports in the code; `npm run architecture` redraws it", () => {
  expect(readFileSync(join(import.meta.dirname, "../../docs/architecture.md"), "utf8")).toBe(drawArchitecture());
});
