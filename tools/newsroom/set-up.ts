import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as prompts from "@clack/prompts";
import { writeAccentStyles } from "../build/reader-styles.mjs";
import { CommandError } from "../run/console.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { type NewsroomAnswers, parseAnswers } from "./answers";
import { askSetupQuestions, requireUncancelledAnswer, SetupCancelled } from "./ask";
import { generateIcons, type IconFile } from "./icons";
import { editPublication } from "./publication-file";

const USAGE = "npm run newsroom -- [--from FILE.json] [--force] [--into FOLDER]";

type Options = { from?: string; force?: boolean; into?: string };

/**
 * Asks a person the questions of the set-up, or reads the answers from a file. Then writes the newsroom's files. Throws
 * a CommandError for wrong arguments or answers. Throws SetupCancelled if the person stops or does not want existing
 * files replaced.
 */
export async function setUpNewsroom(args: string[]): Promise<void> {
  const { from, force = false, into = REPOSITORY_ROOT } = readOptions(args);
  if (from === undefined && !process.stdin.isTTY)
    throw new CommandError(`There is no terminal to ask questions on. ${USAGE}`);
  const answers = readAnswers(from === undefined ? await askPerson() : readFile(from));
  const files = await filesOf(answers);
  const existing = files.filter(({ path, bytes }) => differs(join(into, path), bytes)).map(({ path }) => path);
  if (!force && !(await mayReplace(existing, { asks: from === undefined }))) throw new SetupCancelled();
  for (const { path, bytes } of files) write(join(into, path), bytes);
  if (resolve(into) === resolve(REPOSITORY_ROOT)) await writeAccentStyles();
  report(answers, { files, into });
}

function readOptions(args: string[]): Options {
  const options = { from: { type: "string" }, force: { type: "boolean" }, into: { type: "string" } } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message.split("\n", 1)[0] : error}\n${USAGE}`);
  }
}

async function askPerson(): Promise<unknown> {
  prompts.intro("Your newsroom");
  return askSetupQuestions();
}

function readFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(process.env.INIT_CWD ?? ".", path), "utf8"));
  } catch (error) {
    throw new CommandError(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function readAnswers(input: unknown): NewsroomAnswers {
  const read = parseAnswers(input);
  if (read.kind === "refused") throw new CommandError(read.problems.join("\n"));
  return read.answers;
}

/**
 * Returns the files to write. Comments of publication.ts, and fields for which there is no question, stay as they are
 * now.
 */
async function filesOf(answers: NewsroomAnswers): Promise<IconFile[]> {
  const text = editPublication(readFileSync(join(REPOSITORY_ROOT, "publication.ts"), "utf8"), answers);
  const icons = await generateIcons({ initials: answers.initials, accent: answers.accent.light });
  return [{ path: "publication.ts", bytes: Buffer.from(text) }, ...icons];
}

function differs(path: string, bytes: Uint8Array): boolean {
  return existsSync(path) && !readFileSync(path).equals(bytes);
}

async function mayReplace(paths: string[], { asks }: { asks: boolean }): Promise<boolean> {
  if (paths.length === 0) return true;
  const list = paths.map((path) => `  ${path}`).join("\n");
  if (!asks) throw new CommandError(`These files exist; --force replaces them:\n${list}`);
  return requireUncancelledAnswer(prompts.confirm({ message: `Replace these files?\n${list}`, initialValue: false }));
}

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

function report({ name, recipient }: NewsroomAnswers, { files, into }: { files: IconFile[]; into: string }): void {
  console.log(`\n${name}: ${files.map(({ path }) => relative(".", join(into, path))).join(", ")}\n`);
  const steps = [
    ...(recipient ? [] : ["Name who takes the money: `recipient` in publication.ts."]),
    "Write your own appeal, letters and articles: content/.",
    "Look at it: npm run demo. Check it: npm test -- types product.",
  ];
  for (const step of steps) console.log(`- ${step}`);
}
