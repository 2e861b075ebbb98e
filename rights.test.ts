// Every door of the site has a right declared in docs/rights.md, and asks for it in its own file: a layout or the proxy is no
// lock. A new page, route or action without a row is a failure, as is a row without a door.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const ROOT = import.meta.dirname;

type Door = { door: string; file: string };
type Declared = { door: string; right: string; checks: string[] };

const doors = [...appDoors(), ...pagesDoors()].sort((a, b) => a.door.localeCompare(b.door));
const declared = readTable(readFileSync(join(ROOT, "docs/rights.md"), "utf8"));

test("every door is declared in docs/rights.md, and every declared door exists", () => {
  expect(doors.map(({ door }) => door)).toEqual(declared.map(({ door }) => door).sort((a, b) => a.localeCompare(b)));
});

test("every door asks for its right in its own file", () => {
  const unlocked = declared.flatMap(({ door, checks }) =>
    checks.filter((check) => !sourceOf(door).includes(`${check}(`)).map((check) => `${door} does not call ${check}()`),
  );
  expect(unlocked).toEqual([]);
});

test("only what is open to all stands without a check", () => {
  expect(declared.filter(({ right, checks }) => checks.length === 0 && right !== "everyone")).toEqual([]);
});

function appDoors(): Door[] {
  return filesUnder("app").flatMap((file) => {
    const place = `/${file.split("/").slice(1, -1).join("/")}`;
    if (/\/page\.tsx$/.test(file)) return [{ door: `GET ${place}`, file }];
    if (/\/(sitemap|robots)\.ts$/.test(file)) return [{ door: `GET ${place}${extensionOf(file)}`, file }];
    if (/\/route\.ts$/.test(file)) return methodsOf(file).map((method) => ({ door: `${method} ${place}`, file }));
    return actionsOf(file).map((action) => ({ door: `ACTION ${action}`, file }));
  });
}

function pagesDoors(): Door[] {
  const pages = filesUnder("pages").filter((file) => !/\/(_app|_document|404|500)\.tsx$/.test(file));
  return pages.map((file) => {
    const place = file.replace(/^pages/, "").replace(/(\/index)?\.tsx?$/, "") || "/";
    return { door: `${onlyMethodOf(file)} ${place}`, file };
  });
}

/** A handler under pages/api/ is called for every method: it says itself which one it answers. */
function onlyMethodOf(file: string): string {
  if (!file.startsWith("pages/api/")) return "GET";
  return /\.method !== "([A-Z]+)"/.exec(read(file))?.[1] ?? "ANY";
}

function extensionOf(file: string): string {
  return file.endsWith("sitemap.ts") ? "sitemap.xml" : "robots.txt";
}

function methodsOf(file: string): string[] {
  return [
    ...read(file).matchAll(/^export (?:async )?(?:function|const) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm),
  ].map(([, method]) => method ?? "");
}

/** Server actions can be called by anyone who knows their address. */
function actionsOf(file: string): string[] {
  if (!/^\s*["']use server["']/m.test(read(file))) return [];
  return [...read(file).matchAll(/^export async function (\w+)/gm)].map(([, name]) => name ?? "");
}

function sourceOf(door: string): string {
  const found = doors.find((each) => each.door === door);
  return found ? read(found.file) : "";
}

/** Rows of the form: | `GET /supporters` | signed in | `requireViewer` | … */
function readTable(text: string): Declared[] {
  const rows = text.matchAll(/^\| `([A-Z]+ [^`]+)` \| ([^|]+) \|([^|]*)\|/gm);
  return [...rows].map(([, door = "", right = "", asked = ""]) => ({
    door,
    right: right.trim(),
    checks: [...asked.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ""),
  }));
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}
