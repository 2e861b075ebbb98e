// Checks that every file and folder named in a comment or in a Markdown document exists. links.test.ts checks the links
// of Markdown files.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");

const [SLASHES, STARS, DASHES, HASHES] = [
  /(?:^|[\s{])\/\*[\s\S]*?\*\/|(?:^|[\s;,{(])\/\/.*$/gm,
  /\/\*[\s\S]*?\*\//g,
  /--.*$/gm,
  /(?:^|\s)#.*$/gm,
];
/** The form of comments, by the ending of a file's name. In all other files, comments begin with "#". */
const COMMENTS: Record<string, RegExp | "no comments" | "all is text"> = {
  ...{ ".ts": SLASHES, ".tsx": SLASHES, ".mjs": SLASHES, ".js": SLASHES, ".prisma": SLASHES },
  ...{ ".css": STARS, ".sql": DASHES, ".md": "all is text" },
  ...{ ".json": "no comments", ".svg": "no comments", ".png": "no comments", ".avif": "no comments" },
  ...{ ".ico": "no comments", ".woff2": "no comments" },
};

/** Names that need not exist here: files that a build writes, that another project owns, or that stand for any file. */
const NOT_IN_REPOSITORY =
  /^((public\/)?reader(-[a-z]+)*\.(js|css|json)|routes-manifest\.json|fixtures3\.json|pdf\.js|FILE\.json|answers\.json|path\/to\/it\.test\.ts|\.d\.ts)$/;

const SEGMENT = String.raw`(?:\[[\w.]+\]|[\w.-]+)`;
const BEFORE = String.raw`(?<![\w/.:@*$\]{}<>…-])`;
const FILE = new RegExp(
  String.raw`${BEFORE}((?:${SEGMENT}/)*${SEGMENT}\.(?:tsx?|mjs|js|css|md|prisma|ya?ml|json|sh|sql|toml))(?![\w/-])`,
  "g",
);
const FOLDER = new RegExp(String.raw`${BEFORE}((?:${SEGMENT}/)+[\w-]*)(?![\w/*<[{$…-]|\.\w)`, "g");

const tracked = trackedFiles();
const paths = new Set(tracked.flatMap((file) => [file, file.replace(/\.\w+$/, ""), ...foldersAbove(file)]));
const names = new Set(tracked.map((file) => basename(file)));

function trackedFiles(): string[] {
  const args = ["ls-files", "-z", "-co", "--exclude-standard", "--deduplicate"];
  const { stdout } = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  return stdout.split("\0").filter((file) => file && statSync(join(ROOT, file), { throwIfNoEntry: false })?.isFile());
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === "." ? [] : [above, ...foldersAbove(above)];
}

function commentsIn(file: string, text: string): string {
  const comments = COMMENTS[extname(file)] ?? HASHES;
  // Skips the texts in content/, because they are for readers of the site.
  if (comments === "no comments" || (comments === "all is text" && file.startsWith("content/"))) return "";
  return comments === "all is text" ? text : (text.match(comments) ?? []).join("\n");
}

/**
 * Returns the paths in the text that do not exist. A path can begin at the repository's root, at a folder above `file`,
 * or at `src/` in one of these folders. The text can also name a file without its folders.
 */
function stalePathsIn(file: string, text: string): string[] {
  const plain = text.replace(/\b[a-z][a-z+.-]*:\/\/\S+/g, " ");
  const starts = ["", ...foldersAbove(file).flatMap((folder) => [folder, join(folder, "src")])];
  const isThere = (path: string) => starts.some((start) => paths.has(normalize(join(start, path)).replace(/\/$/, "")));
  const isInRoom = (path: string) => paths.has(path.split("/")[0] ?? "");
  const files = listMatches(plain, FILE).filter((path) => !names.has(path) && !NOT_IN_REPOSITORY.test(path));
  const folders = listMatches(plain, FOLDER).filter(isInRoom);
  return [...files, ...folders].filter((path) => !isThere(path)).map((path) => `${file}: ${path}`);
}

function listMatches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, path = ""]) => path);
}

test("every file and folder that a comment or a document names exists", () => {
  // Leaves out this file, because the examples below name files that do not exist.
  const others = tracked.filter((file) => file !== "tools/test/named-paths.test.ts");
  expect(others.flatMap((file) => stalePathsIn(file, commentsIn(file, read(file))))).toEqual([]);
});

test("a missing file, a missing folder and a missing name are reported, and a URL is not", () => {
  const stale = (text: string) => stalePathsIn("systems/clock.ts", text).map((fault) => fault.split(": ")[1]);
  expect(stale("see tools/build/no-such-file.mjs, domain/no-such-room/ and no-such-name.ts")).toEqual([
    ...["tools/build/no-such-file.mjs", "no-such-name.ts", "domain/no-such-room/"],
  ]);
  expect(stale("see tools/build/main.mjs, domain/ledger/, auth/staff.ts, house.test.ts, systems/clock")).toEqual([]);
  expect(stale("see https://example.org/docs/no-such-file.md and /newsroom/queue")).toEqual([]);
});

test("comments are read in every kind of file, and code is not", () => {
  const samples = {
    ...{ "a.ts": "f(); // no-such.ts", "a.tsx": "{/* no-such.ts */}", "a.mjs": "/** no-such.ts */\nf('other.ts')" },
    ...{ "a.css": "p{}/* no-such.ts */", "a.sql": "SELECT 1; -- no-such.ts", "a.prisma": "/// no-such.ts" },
    ...{ "a.yaml": "a: b # no-such.ts", "ci/run": "# no-such.ts\nnode other.ts", "a.md": "`no-such.ts`" },
  };
  for (const [file, text] of Object.entries(samples)) {
    expect(stalePathsIn(file, commentsIn(file, text)), file).toEqual([`${file}: no-such.ts`]);
  }
  expect(commentsIn("a.ts", 'import "./no-such.ts"; const glob = "**/*.ts";')).toBe("");
});
