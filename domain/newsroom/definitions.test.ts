// Tests that the code, the page /newsroom/definitions and docs/figures.md name the same statistics. The page and the
// docs must define each of the statistics in the same words.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FIGURE_GROUPS } from "./figure-names";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** Returns the file's text as one line, because a comment can be wrapped in the middle of what the test looks for. */
const textOf = (file: string) => read(`domain/newsroom/${file}`).replaceAll(/\n\s*(\*(?!\/) ?)?/g, " ");

const messages: Record<string, string> = JSON.parse(read("content/messages/en/figures.json"));
const ids = Object.keys(messages).flatMap((key) => /^figure\.(.+)\.definition$/.exec(key)?.[1] ?? []);

test("the code refers to exactly the statistics that have a definition", () => {
  const code = readdirSync(import.meta.dirname).filter((file) => /^[\w-]+\.ts$/.test(file) && !file.includes(".test."));
  const named = code.flatMap((file) =>
    [...textOf(file).matchAll(/docs\/figures\.md: (.*?)(?:\. |\*\/)/g)].flatMap(([, list]) =>
      [...(list ?? "").matchAll(/`([a-z-]+)`/g)].map(([, id]) => id),
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].sort()).toEqual([...ids].sort());
});

test("the docs contain exactly the page's names and definitions", () => {
  const rows = [...read("docs/figures.md").matchAll(/^\| `([a-z-]+)` \| (.*?) \| (.*?) \|$/gm)];
  const plain = (text = "") => text.replaceAll("’", "'");
  expect(Object.fromEntries(rows.map(([, id, name, definition]) => [id, [name, definition]]))).toEqual(
    Object.fromEntries(
      ids.map((id) => [id, [messages[`figure.${id}.name`], messages[`figure.${id}.definition`]].map(plain)]),
    ),
  );
});

test("the page lists every statistic once, in the order and under the headings of the docs", () => {
  const docs = read("docs/figures.md")
    .split(/^## /m)
    .map((part) => [part.split("\n")[0], [...part.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id)] as const)
    .filter(([, own]) => own.length > 0);
  const page = Object.entries(FIGURE_GROUPS).map(([group, own]) => [messages[`figures.${group}`], own]);
  expect(page).toEqual(docs);
});
