import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { ROOT } from "../run/paths.mjs";
import { formatLanguagesFile } from "./messages";

const CACHE = join(ROOT, ".cache");
mkdirSync(CACHE, { recursive: true });
/** The copy is inside the project, so that it finds the project's packages. */
const folder = mkdtempSync(join(CACHE, "new-language-"));
const messages = join(folder, "messages");

beforeEach(() => {
  rmSync(messages, { recursive: true, force: true });
  cpSync(join(ROOT, "content/messages"), messages, { recursive: true });
  cpSync(join(ROOT, "content/messages.ts"), join(folder, "messages.ts"));
  cpSync(join(messages, "en"), join(messages, "de"), { recursive: true });
  edit("site.json", (words) => ({ ...words, "error.not-found-title": "Diese Seite gibt es nicht" }));
  writeFileSync(join(messages, "languages.ts"), formatLanguagesFile(messages));
  const offered =
    'import type { CompleteLanguage } from "./messages";\n\n["en", "ru", "de"] satisfies readonly CompleteLanguage[];\n';
  writeFileSync(join(folder, "offered.ts"), offered);
  const own = { extends: join(ROOT, "tsconfig.json"), include: ["*.ts"], exclude: [], compilerOptions: OWN_OPTIONS };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(own));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OWN_OPTIONS = { incremental: false, plugins: [], types: [], paths: {} };

type Words = Record<string, string>;

function edit(file: string, change: (words: Words) => Words): void {
  const path = join(messages, "de", file);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")))));
}

function typeErrors(): string {
  try {
    execFileSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8", stdio: "pipe" });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}

test("a folder of messages alone makes a language that a site can offer", async () => {
  expect(typeErrors()).toBe("");
  const { translator } = await import(join(folder, "messages.ts"));
  expect(translator("de")("error.not-found-title")).toBe("Diese Seite gibt es nicht");
  expect(translator("de").locale).toBe("de");
});

test("a language that lacks a message, or has one that English lacks, does not compile", () => {
  edit("site.json", ({ "error.not-found-title": _, ...words }) => words);
  expect(typeErrors()).toMatch(/offered\.ts.*error TS/);
  edit("site.json", (words) => ({ ...words, "error.not-found-title": "Diese Seite gibt es nicht", "error.own": "x" }));
  expect(typeErrors()).toMatch(/offered\.ts.*error TS/);
});
