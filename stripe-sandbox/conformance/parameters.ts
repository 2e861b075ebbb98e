// Which parameters Stripe's methods take, read from the declarations of the official package: all names, at every depth.
// The declarations are generated and regular: one field a line, one closing brace a line.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Interfaces by their full name, as in `Checkout.SessionCreateParams.LineItem`. */
interface Declared {
  fields: Map<string, string>;
  bases: string[];
}
interface Declarations {
  interfaces: Map<string, Declared>;
  aliases: Map<string, string>;
  /** The type of a method's parameters, by the method's name. */
  methods: Map<string, string>;
}

const RESOURCES = join(dirname(createRequire(import.meta.url).resolve("stripe")), "..", "esm", "resources");
const SHARED = readDeclarations(join(RESOURCES, "..", "shared.d.ts"));

/** As in `line_items[price_data][currency]`: numbers of lists are left out, "*" stands for names of the caller's. */
export function parametersOf(method: string): string[] {
  const steps = method.split(".");
  const name = steps.pop() ?? "";
  const file = join(RESOURCES, ...steps.map((step) => step.slice(0, 1).toUpperCase() + step.slice(1)));
  const own = readDeclarations(`${file}.d.ts`);
  const type = own.methods.get(name);
  if (type === undefined) return [];
  const known = {
    interfaces: new Map([...SHARED.interfaces, ...own.interfaces]),
    aliases: new Map([...SHARED.aliases, ...own.aliases]),
  };
  return namesIn(known, { type, scope: "", at: "", above: [] });
}

interface Place {
  type: string;
  /** The full name of the interface in which the type is written. */
  scope: string;
  at: string;
  above: string[];
}
type Known = Pick<Declarations, "interfaces" | "aliases">;

function namesIn(known: Known, place: Place): string[] {
  const references = place.type.match(/\b[A-Z][\w.]*/g) ?? [];
  return references.flatMap((reference) => {
    const name = fullNameOf(known, reference, place.scope);
    if (name === null || place.above.includes(name)) return [];
    const above = [...place.above, name];
    const alias = known.aliases.get(name);
    if (alias !== undefined) return namesIn(known, { ...place, type: alias, scope: name, above });
    const at = /\[key: string\]/.test(place.type) ? `${place.at}[*]` : place.at;
    return fieldsOf(known, name).flatMap(([field, type]) => {
      const here = at === "" ? field : `${at}[${field}]`;
      return [here, ...namesIn(known, { type, scope: name, at: here, above })];
    });
  });
}

function fieldsOf(known: Known, name: string): [string, string][] {
  const { fields, bases } = known.interfaces.get(name) ?? { fields: new Map(), bases: [] };
  return [...bases.flatMap((base) => fieldsOf(known, base)), ...fields];
}

/** A name is looked for where it is written, then further and further out. */
function fullNameOf({ interfaces, aliases }: Known, reference: string, scope: string): string | null {
  const steps = scope === "" ? [] : scope.split(".");
  for (let depth = steps.length; depth >= 0; depth -= 1) {
    const name = [...steps.slice(0, depth), reference].join(".");
    if (interfaces.has(name) || aliases.has(name)) return name;
  }
  return null;
}

function readDeclarations(path: string): Declarations {
  const found: Declarations = { interfaces: new Map(), aliases: new Map(), methods: new Map() };
  const text = readFileSync(path, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const scope: string[] = [];
  for (const line of text.split("\n")) readLine(found, scope, line.trim());
  return found;
}

function readLine(found: Declarations, scope: string[], line: string): void {
  const opened = /^(?:export )?(?:declare )?(namespace|interface|class) (\w+)(?: extends (.+))? \{/.exec(line);
  if (opened) {
    const [, kind, name = "", bases = ""] = opened;
    scope.push(name);
    if (kind === "interface")
      found.interfaces.set(scope.join("."), { fields: new Map(), bases: bases.split(", ").filter(Boolean) });
    if (line.endsWith("}")) scope.pop();
    return;
  }
  const alias = /^(?:export )?(?:declare )?type (\w+) = (.+)/.exec(line);
  if (alias) found.aliases.set([...scope, alias[1]].join("."), alias[2] ?? "");
  const method = /^(\w+)\(.*\bparams\??: ([\w.]+)/.exec(line);
  if (method && !found.methods.has(method[1] ?? "")) found.methods.set(method[1] ?? "", method[2] ?? "");
  const field = /^'?([\w-]+)'?\??: (.+)/.exec(line);
  if (field) found.interfaces.get(scope.join("."))?.fields.set(field[1] ?? "", field[2] ?? "");
  if (line.endsWith("{")) scope.push("");
  if (line.startsWith("}")) scope.pop();
}
