import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { expect, test } from "vitest";

const ROOT = import.meta.dirname;
const ROOMS = [
  "app",
  "components",
  "content",
  "domain",
  "e2e",
  "lab",
  "packages",
  "pages",
  "prisma",
  "systems",
  "tools",
];
const OUTSIDERS = ["e2e", "packages"];
const WORKSPACES = /^stripe-sandbox(\/|$)/;
/**
 * The folders of domain/ in order: each may import only the folders before it, itself, and the files directly in
 * domain/.
 */
const WAY_OF_A_GIFT = ["articles", "appeal", "giving", "ledger", "supporters", "newsroom"];
const FRAMEWORKS = /^(next|next-auth|react|react-dom|stripe|prisma|@prisma\/.*|nodemailer)(\/|$)/;
const VAGUE_NAMES = /(^|\/)(lib|libs|utils?|helpers?|misc|common|shared|types|constants)(\.tsx?|\.mjs)?(\/|$)/;
const NEEDS_DEFAULT =
  /^((lab\/bench\/page\/next-app\/)?pages\/.*|app\/.*(page|layout|error|global-error|not-found|loading|sitemap|robots|manifest|icon)|(packages\/[\w-]+\/)?[\w-]+\.config)\.(tsx?|js)$/;

type Import = { file: string; target: string; isType: boolean; isPackage: boolean };

const files = [...ROOMS.flatMap((room) => sourcesUnder(room)), ...sourcesUnder("", { deep: false })];
const known = new Set(files);
const imports = files.flatMap(importsOf);

test("every file imports only what its folder may import", () => {
  const offending = imports.filter((each) => !mayImport(each)).map(({ file, target }) => `${file} → ${target}`);
  expect(offending).toEqual([]);
});

test("no files import each other in a circle, not even types", () => {
  expect(circlesIn(ownImports().map(({ file, target }) => [file, target] as const))).toEqual([]);
});

test("no rooms import each other in a circle, not even types", () => {
  const rooms = ownImports().filter(({ file, target }) => !isTest(file) && !isTest(target));
  const arrows = rooms.map(({ file, target }) => [partOf(file), partOf(target)] as const);
  expect(circlesIn(arrows)).toEqual([]);
});

test("only files that Next or a tool requires to have a default export have one", () => {
  const offending = files.filter((file) => !NEEDS_DEFAULT.test(file) && /^export default /m.test(read(file)));
  expect(offending).toEqual([]);
});

test("no file or folder is called utils, helpers or the like", () => {
  expect(files.filter((file) => VAGUE_NAMES.test(file))).toEqual([]);
});

test("no file in domain/ reads the current time, random numbers or the environment", () => {
  const reaches = /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\brandomBytes\(|\bprocess\.env\b/;
  const domain = files.filter((file) => file.startsWith("domain/") && !isTest(file));
  expect(domain.filter((file) => reaches.test(read(file)))).toEqual([]);
});

test("the site reads the time only from systems/clock, which can follow the Stripe stand-in's clock", () => {
  const rooms = files.filter((file) => /^(app|pages|systems)\//.test(file) && !isTest(file));
  // receive.ts needs the real time, because it checks the time in a webhook's signature.
  expect(rooms.filter((file) => /\bnew Date\(\)/.test(read(file)))).toEqual(["systems/fast-path/receive.ts"]);
});

/**
 * Only these files of the site are allowed to read or write files synchronously. They do it rarely, for example when
 * the site starts.
 */
const READS_SYNCHRONOUSLY = [
  "systems/articles/article-cache.ts",
  "systems/articles/file-stamp.ts",
  "systems/content.ts",
  "systems/crash-points.ts",
  "systems/documents/fonts.ts",
  "systems/env.ts",
  "systems/erasure-list.ts",
  "systems/front-matter.ts",
  "systems/http/inlined.mjs",
  "systems/http/reader-script-version.mjs",
];

test("only the listed files of the site read or write files synchronously", () => {
  const site = files.filter((file) => /^(app|components|pages|systems)\//.test(file) && !isTest(file));
  expect(site.filter((file) => /\b(read|stat|write|append|readdir)(File|dir)?Sync\(/.test(read(file))).sort()).toEqual(
    READS_SYNCHRONOUSLY,
  );
});

test("every file of systems/ imports server-only, except those that reader pages load, because Next refuses it in the Pages Router", () => {
  const reached = reachableFrom(files.filter((file) => file.startsWith("pages/") && !file.startsWith("pages/api/")));
  const systems = files.filter((file) => file.startsWith("systems/") && !isTest(file) && !/-for-tests\.ts$/.test(file));
  const offending = systems.filter((file) => /^import "server-only";$/m.test(read(file)) === reached.has(file));
  expect(offending).toEqual([]);
});

test("only domain/money turns a stored amount into a number, and checks that it is a safe integer", () => {
  const converts = /\bNumber\((\w+\.)*\w*Minor\b/i;
  const site = files.filter((file) => /^(app|components|domain|pages|systems)\//.test(file) && !isTest(file));
  expect(site.filter((file) => converts.test(read(file)))).toEqual(["domain/money.ts"]);
});

test("in domain/ledger only the stores query the database", () => {
  const queries =
    /\b(tx|db)\s*\.\s*(\$(query|execute)Raw|\w+\s*\.\s*(find|create|update|upsert|delete|count|aggregate|groupBy))|\b(list|find|add|change|insert)Rows?\(/;
  const room = files.filter((file) => file.startsWith("domain/ledger/") && !isTest(file));
  const [store, others] = [room.filter(isStore), room.filter((file) => !isStore(file))];
  expect(others.filter((file) => queries.test(read(file)))).toEqual([]);
  expect(store.filter((file) => !queries.test(read(file)))).toEqual([]);
});

test("recurring gifts are written in one place, where their totals change too", () => {
  const table = '\\\\?"Recurring(Gift|Total)\\\\?"';
  const writes = new RegExp(
    `\\brecurring(Gift|Total)\\s*\\.(create|update|upsert|delete)|(INTO|UPDATE|DELETE FROM) ${table}|(add|change)Row\\(\\w+, ${table}|into: ${table}`,
  );
  const rooms = files.filter((file) => /^(app|domain|pages|systems|tools)\//.test(file) && !isTest(file));
  expect(rooms.filter((file) => writes.test(read(file))).sort()).toEqual([
    "domain/ledger/check/store/ledger-sums.ts",
    "domain/ledger/store/recurring-gifts.ts",
  ]);
});

test("no test names a ledger in the folder of the project, where it would be left behind", () => {
  const ledger = /\b(DATABASE_URL|databaseUrl)"?[:,] "file:(?!\/)/;
  const tests = files.filter((file) => isTest(file) || file.startsWith("lab/torture/"));
  // A test that needs no ledger sets the ledger's path to `file:/dev/null/…`. If the test opens the ledger by mistake,
  // it fails, because no folder can be created there. The two files below only read settings, so they are allowed to
  // set another path.
  const settingsOnly = ["systems/env.test.ts", "tools/demo/size.test.ts"];
  expect(tests.filter((file) => ledger.test(read(file)))).toEqual(settingsOnly);
});

test("there are no server actions, because docs/rights.md would not list them as routes", () => {
  const site = files.filter((file) => /^(app|components|pages|systems)\//.test(file));
  expect(site.filter((file) => /["']use server["']/.test(read(file)))).toEqual([]);
});

function mayImport({ file, target, isType, isPackage }: Import): boolean {
  const room = roomOf(file);
  if (!isPackage && roomOf(target) === "packages" && room !== "packages") return false;
  if (isTest(file) && !OUTSIDERS.includes(room)) return true;
  if (isPackage && WORKSPACES.test(target)) return ["tools", "lab", "packages"].includes(room);
  if (isPackage) return room !== "domain" || isType || !FRAMEWORKS.test(target);
  const other = roomOf(target);
  if (OUTSIDERS.includes(room)) return other === room;
  if (OUTSIDERS.includes(other)) return ["tools", "lab"].includes(room);
  if (room === "domain") return mayDomainImport(file, { target, other, isType });
  if (room === "components")
    return ["components", "domain", "publication"].includes(other) || target === "content/messages";
  if (room === "systems") return !["app", "pages", "components"].includes(other);
  if (room === "content") return other === "content";
  return true;
}

function mayDomainImport(file: string, { target, other, isType }: { target: string; other: string; isType: boolean }) {
  if (other !== "domain") return isType && ["generated", "publication"].includes(other);
  const [own, imported] = [domainRoomOf(file), domainRoomOf(target)];
  if (imported === null || own === imported) return true;
  return WAY_OF_A_GIFT.includes(imported) && WAY_OF_A_GIFT.indexOf(imported) < WAY_OF_A_GIFT.indexOf(own ?? "");
}

function domainRoomOf(path: string): string | null {
  const parts = path.split("/");
  return parts.length > 2 ? (parts[1] ?? null) : null;
}

/**
 * Returns the part of the code that contains the file: for a file in a folder of domain/, that folder; otherwise the
 * top folder. pages/ counts as app/. The files directly in domain/ are a part of their own, `domain/`.
 */
function partOf(file: string): string {
  if (roomOf(file) === "pages") return "app";
  return roomOf(file) === "domain" ? `domain/${domainRoomOf(file) ?? ""}` : roomOf(file);
}

function ownImports(): { file: string; target: string }[] {
  return imports.flatMap(({ file, target, isPackage }) => {
    const found = isPackage ? undefined : fileOf(target);
    return found ? [{ file, target: found }] : [];
  });
}

/**
 * Returns the imports that are part of a circle, and those on a path from one circle to another. An arrow stands for an
 * import from one file, or part of the code, to another. Ignores an arrow that leads back to its own start.
 */
function circlesIn(arrows: (readonly [from: string, to: string])[]): string[] {
  const [starts, ends] = [new Set(arrows.map(([from]) => from)), new Set(arrows.map(([, to]) => to))];
  const rest = arrows.filter(([from, to]) => from !== to && starts.has(to) && ends.has(from));
  return rest.length < arrows.length ? circlesIn(rest) : [...new Set(rest.map((arrow) => arrow.join(" → ")))];
}

function reachableFrom(start: string[]): Set<string> {
  const reached = new Set<string>();
  const queue = [...start];
  for (const file of queue) {
    if (reached.has(file)) continue;
    reached.add(file);
    const loaded = imports.filter((each) => each.file === file && !each.isType && !each.isPackage);
    queue.push(...loaded.flatMap(({ target }) => fileOf(target) ?? []));
  }
  return reached;
}

function fileOf(target: string): string | undefined {
  return ["", ".ts", ".tsx"].map((ending) => target + ending).find((file) => known.has(file));
}

function roomOf(path: string): string {
  return path.split("/")[0]?.replace(/\.tsx?$/, "") ?? "";
}

function isStore(file: string): boolean {
  return file.includes("/store/");
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(file);
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function sourcesUnder(folder: string, { deep = true } = {}): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: deep });
  return (
    entries
      .filter((entry) => entry.isFile() && /\.(tsx?|mjs|js)$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
      // Leaves out hidden folders, build output and packages.
      .filter((file) => !/(^|\/)(\.|dist\/|node_modules\/)/.test(file))
  );
}

function importsOf(file: string): Import[] {
  const lines = read(file).matchAll(
    /(?:^|\n)\s*(?:import|export)\b([^;'"]*?)(?:from\s*)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']/g,
  );
  return [...lines].flatMap(([, clause = "", from, dynamic]) => {
    const specifier = from ?? dynamic ?? "";
    const isPackage = !/^(\.|@\/)/.test(specifier);
    const target = specifier.startsWith("@/") ? specifier.slice(2) : normalize(join(dirname(file), specifier));
    return [{ file, target: isPackage ? specifier : target, isType: isTypeOnly(clause), isPackage }];
  });
}

function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b/.test(clause)) return true;
  const named = /^\s*\{([^}]*)\}/.exec(clause)?.[1];
  return named?.split(",").every((name) => !name.trim() || /^\s*type\b/.test(name)) ?? false;
}
