// The house's rules that a machine can read: who may import whom, and what nothing may be called. On failure the offending
// pair is named.
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
/** Each room of the domain may ask the ones before it; rooms that are not named here ask only themselves and the rootless files. */
const WAY_OF_A_GIFT = ["giving", "ledger", "supporters", "newsroom"];
const FRAMEWORKS = /^(next|next-auth|react|react-dom|stripe|prisma|@prisma\/.*|nodemailer)(\/|$)/;
/** A drawer with such a name has no closing rule, so it fills up. */
const DRAWERS = /(^|\/)(lib|libs|utils?|helpers?|misc|common|shared|types|constants)(\.tsx?|\.mjs)?(\/|$)/;
/** Files whose default export a tool asks for. */
const ASKED_FOR =
  /^(pages\/.*|app\/.*(page|layout|error|global-error|not-found|loading|sitemap|robots|icon)|[\w-]+\.config)\.(tsx?|js)$/;

type Import = { file: string; target: string; isType: boolean; isPackage: boolean };

const files = [...ROOMS.flatMap((room) => sourcesUnder(room)), ...sourcesUnder("", { deep: false })];
const imports = files.flatMap(importsOf);

test("every import is one that its room may make", () => {
  const offending = imports.filter((each) => !mayImport(each)).map(({ file, target }) => `${file} → ${target}`);
  expect(offending).toEqual([]);
});

test("nothing exports a default but the files from which Next or a tool asks one", () => {
  const offending = files.filter((file) => !ASKED_FOR.test(file) && /^export default /m.test(read(file)));
  expect(offending).toEqual([]);
});

test("there is no drawer", () => {
  expect(files.filter((file) => DRAWERS.test(file))).toEqual([]);
});

test("no file in domain/ reads the clock, rolls dice or looks at the environment: they are arguments", () => {
  const reaches = /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\brandomBytes\(|\bprocess\.env\b/;
  const domain = files.filter((file) => file.startsWith("domain/") && !isTest(file));
  expect(domain.filter((file) => reaches.test(read(file)))).toEqual([]);
});

test("the site asks one clock for the time, so that it can go by the stand-in's", () => {
  const rooms = files.filter((file) => /^(app|pages|systems)\//.test(file) && !isTest(file));
  // A signature's age is measured by this machine's clock.
  expect(rooms.filter((file) => /\bnew Date\(\)/.test(read(file)))).toEqual(["pages/api/stripe/webhook.ts"]);
});

test("only the store of the ledger's room queries the database", () => {
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

test("every word that a room of the interface shows comes from the messages", () => {
  const literal = />\s*[A-Z][a-z]+ [a-z]+[^<>{}=;]*<\//;
  const drawn = files.filter((file) => /^(app|components|pages)\/.*\.tsx$/.test(file) && !isTest(file));
  expect(drawn.filter((file) => literal.test(read(file)))).toEqual([]);
});

function mayImport({ file, target, isType, isPackage }: Import): boolean {
  const room = roomOf(file);
  if (isTest(file) && !OUTSIDERS.includes(room)) return true;
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
  const [own, asked] = [domainRoomOf(file), domainRoomOf(target)];
  if (asked === null || own === asked || isType) return true;
  return WAY_OF_A_GIFT.includes(asked) && WAY_OF_A_GIFT.indexOf(asked) < WAY_OF_A_GIFT.indexOf(own ?? "");
}

/** `domain/money.ts` stands in no room: everyone may count. */
function domainRoomOf(path: string): string | null {
  const parts = path.split("/");
  return parts.length > 2 ? (parts[1] ?? null) : null;
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
      .filter((entry) => entry.isFile() && /\.(tsx?|mjs|js)$/.test(entry.name) && entry.name !== "next-env.d.ts")
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
      // What a build leaves behind is nobody's source.
      .filter((file) => !/(^|\/)\./.test(file))
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
