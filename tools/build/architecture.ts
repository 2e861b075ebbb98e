// Draws docs/architecture.md from the import lines. The same code always gives the same text, so that a test can
// compare the page with the code.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

const ROOMS: Record<string, string> = {
  "app/": "app · pages<br>addresses, forms, status codes",
  "pages/": "app · pages<br>addresses, forms, status codes",
  "components/": "components<br>HTML from props",
  "content/": "content<br>every word that a person reads",
  "domain/appeal/": "appeal<br>may we ask this reader?",
  "domain/giving/": "giving<br>from a form to a gift",
  "domain/ledger/": "ledger<br>what arrived, once",
  "domain/supporters/": "supporters<br>what supporters may see and change",
  "domain/newsroom/": "newsroom<br>numbers for staff",
  "domain/articles/": "articles<br>text and pictures",
  "systems/": "systems<br>Stripe, database, mail, sign-in",
};

type Arrow = readonly [from: string, to: string];

export function renderArchitecture(): string {
  return `# Architecture

Generated from the import lines by \`npm run architecture\`; a test fails when this page is older than the code. Do not edit it by hand.

An arrow points from the caller to the code that it calls. Type-only imports are omitted. So is a direct arrow between two rooms that are
already connected through others. Every room may use the files directly in \`domain/\`: money, currencies, the calendar, the publication. The stand-in for
Stripe (\`packages/stripe-sandbox/\`) imports no other code of this repository, and the site reaches it only over HTTP.

\`\`\`mermaid
${graphLines(withoutDetours(listArrows())).join("\n")}
\`\`\`
`;
}

function graphLines(arrows: readonly Arrow[]): string[] {
  const labels = new Map(Object.entries(ROOMS).map(([prefix, label]) => [roomOf(prefix) as string, label]));
  const box = ([room, label]: [string, string]) => `${idOf(room)}["${label}"]`;
  const isDomain = ([room]: [string, string]) => room.startsWith("domain/");
  return [
    "flowchart TD",
    ...[...labels].filter((each) => !isDomain(each)).map((each) => `  ${box(each)}`),
    '  subgraph domain ["domain: plain TypeScript"]',
    ...[...labels].filter(isDomain).map((each) => `    ${box(each)}`),
    "  end",
    ...arrows.map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`),
  ];
}

function idOf(room: string): string {
  return room.replace("domain/", "").replaceAll("/", "");
}

/** Returns the room of a file, or null. `pages/` and `app/` are one room, because both contain routes. */
function roomOf(path: string): string | null {
  const prefix = Object.keys(ROOMS).find((room) => path.startsWith(room));
  return prefix === "pages/" ? "app/" : (prefix ?? null);
}

function listArrows(): Arrow[] {
  const folders = [...new Set(Object.keys(ROOMS).map((room) => room.split("/")[0] as string))];
  const pairs = folders
    .flatMap(sourcesUnder)
    .flatMap((file) => importsOf(file).map((target) => [roomOf(file), roomOf(target)] as const));
  const names = pairs.filter(([from, to]) => from && to && from !== to).map((pair) => pair.join(" "));
  return [...new Set(names)].sort().map((name) => name.split(" ") as unknown as Arrow);
}

/** Removes each arrow that is not needed, because a longer path of other arrows leads from its start to its end. */
function withoutDetours(arrows: readonly Arrow[]): Arrow[] {
  return arrows.reduce<readonly Arrow[]>((kept, arrow) => {
    const others = kept.filter((each) => each !== arrow);
    return reaches(others, arrow) ? others : kept;
  }, arrows) as Arrow[];
}

function reaches(arrows: readonly Arrow[], [start, goal]: Arrow): boolean {
  const seen = new Set([start]);
  for (const room of seen) for (const [from, to] of arrows) if (from === room) seen.add(to);
  return seen.has(goal);
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
    .sort();
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const lines = text.matchAll(/(?:^|\n)(?:import|export)\s+(?!type\b)([^;"']*?from\s*)?["']((?:\.|@\/)[^"'\n]+)["']/g);
  return [...lines]
    .filter(([, clause = ""]) => !isTypesOnly(clause))
    .map(([, , path = ""]) => (path.startsWith("@/") ? path.slice(2) : normalize(join(dirname(file), path))));
}

function isTypesOnly(clause: string): boolean {
  const names = /^\{([^}]*)\}\s*from/.exec(clause)?.[1]?.split(",");
  return names?.every((name) => !name.trim() || name.trim().startsWith("type ")) ?? false;
}
