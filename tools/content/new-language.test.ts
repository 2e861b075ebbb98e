import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { testInFullRun } from "../test/full-run";
import { formatLanguagesFile } from "./messages";

const CACHE = join(REPOSITORY_ROOT, ".cache");
mkdirSync(CACHE, { recursive: true });
/** The copy of the messages. It is inside the project, so that it finds the project's packages. */
const folder = mkdtempSync(join(CACHE, "new-language-"));
const messages = join(folder, "messages");

const TITLE = "error.not-found-title";
/**
 * The languages that the test adds. Each function makes the language's site.json from the English one: `de` is
 * complete, `es` lacks a message, and `fr` has one too many.
 */
const NEW_LANGUAGES: Record<string, (words: Words) => Words> = {
  de: (words) => ({ ...words, [TITLE]: "Diese Seite gibt es nicht" }),
  es: ({ [TITLE]: _, ...words }) => words,
  fr: (words) => ({ ...words, "error.own": "x" }),
};

beforeAll(() => {
  cpSync(join(REPOSITORY_ROOT, "content/messages"), messages, { recursive: true });
  cpSync(join(REPOSITORY_ROOT, "content/messages.ts"), join(folder, "messages.ts"));
  for (const [language, change] of Object.entries(NEW_LANGUAGES)) {
    cpSync(join(messages, "en"), join(messages, language), { recursive: true });
    const path = join(messages, language, "site.json");
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")))));
    const offered = `import type { CompleteLanguage } from "./messages";\n\n["en", "ru", "${language}"] satisfies readonly CompleteLanguage[];\n`;
    writeFileSync(join(folder, `offered-${language}.ts`), offered);
  }
  writeFileSync(join(messages, "languages.ts"), formatLanguagesFile(messages));
  const own = {
    extends: join(REPOSITORY_ROOT, "tsconfig.json"),
    include: ["*.ts"],
    exclude: [],
    compilerOptions: OWN_OPTIONS,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(own));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OWN_OPTIONS = { incremental: false, plugins: [], types: [], paths: {} };

type Words = Record<string, string>;

function typeErrors(): string {
  try {
    execFileSync(join(REPOSITORY_ROOT, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8", stdio: "pipe" });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}

testInFullRun(
  "a site can offer a language that is a folder of messages, unless it lacks a message or has one that English lacks",
  () => {
    const errors = typeErrors().match(/^\S.*error TS/gm);
    expect(errors).toEqual([expect.stringContaining("offered-es.ts"), expect.stringContaining("offered-fr.ts")]);
  },
);

test("a folder of messages alone makes a language", async () => {
  const { translator } = await import(join(folder, "messages.ts"));
  expect(translator("de")(TITLE)).toBe("Diese Seite gibt es nicht");
  expect(translator("de").locale).toBe("de");
});
