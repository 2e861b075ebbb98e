import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderArchitecture } from "./architecture";

test("docs/architecture.md shows the imports in the code; if not, run `npm run architecture`", () => {
  expect(readFileSync(join(import.meta.dirname, "../../docs/architecture.md"), "utf8")).toBe(renderArchitecture());
});
