import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

test("docs/going-live.md lists exactly the events that are translated", () => {
  const translator = readFileSync(join(ROOT, "systems/stripe/translate.ts"), "utf8");
  const translated = [...translator.matchAll(/case "([a-z_.]+)":/g)].map(([, name]) => name);
  const guide = readFileSync(join(ROOT, "docs/going-live.md"), "utf8");
  const [list = ""] = /\*\*Webhook endpoint\*\*[\s\S]*?signing\s+secret/.exec(guide) ?? [];
  const listed = [...list.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map(([, name]) => name);
  expect(listed).toEqual(translated);
});
