// Whoever goes live subscribes to what docs/going-live.md lists: it must be what the translators know, no more and no less.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

test("the events to subscribe to are those that are translated", () => {
  const translator = readFileSync(join(ROOT, "systems/stripe/translate.ts"), "utf8");
  const known = [...translator.matchAll(/case "([a-z_.]+)":/g)].map(([, name]) => name);
  const guide = readFileSync(join(ROOT, "docs/going-live.md"), "utf8");
  const [list = ""] = /\*\*Webhook endpoint\*\*[\s\S]*?signing\s+secret/.exec(guide) ?? [];
  const told = [...list.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map(([, name]) => name);
  expect(told).toEqual(known);
});
