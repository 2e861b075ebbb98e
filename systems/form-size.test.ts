import { expect, test } from "vitest";
import { listFields, longestOf } from "../domain/newsroom/evidence/fields";
import { mostFormBytes } from "./form-size";

test("evidence in Russian that is half as long again as allowed reaches the server, so that it is not lost", () => {
  const fields = listFields("credit_not_processed");
  const typed = fields.map((name): [string, string] => [name, "я".repeat(longestOf(name) * 1.5)]);
  const bytes = new URLSearchParams(typed).toString().length;
  expect(bytes).toBeLessThan(mostFormBytes("/newsroom/disputes/du_1/draft"));
  expect(mostFormBytes("/newsroom/disputes/du_1/accept/confirm")).toBe(10_000);
});
