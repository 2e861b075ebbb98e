// Reads the type declarations of the `stripe` package line by line. Because they are generated, each line has at most
// one field or closing brace.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

type Declared = {
  fields: Map<string, string>;
  optional: Set<string>;
  bases: string[];
};
type Declarations = {
  interfaces: Map<string, Declared>;
  aliases: Map<string, string>;
  /** The type of a method's parameters, by the method's name. */
  methods: Map<string, string>;
};

const RESOURCES = join(dirname(createRequire(import.meta.url).resolve("stripe")), "..", "esm", "resources");
const SHARED = readDeclarations(join(RESOURCES, "..", "shared.d.ts"));

export type SdkParameter = {
  /**
   * A path such as `line_items[price_data][currency]`. It omits list indices; "*" stands for a key that the caller
   * chooses.
   */
  name: string;
  values: string[];
  /** True if the type also accepts values that are not listed, such as any string, a number or an object. */
  acceptsOtherValues: boolean;
};

export function listSdkMethodParameterNames(method: string): string[] {
  return listSdkMethodParameters(method).map(({ name }) => name);
}

export function listSdkMethodParameters(method: string): SdkParameter[] {
  const steps = method.split(".");
  const name = steps.pop() ?? "";
  const own = declarationsOf(steps.map((step) => step.slice(0, 1).toUpperCase() + step.slice(1)).join("/"));
  const type = own.methods.get(name);
  if (type === undefined) return [];
  const types = {
    interfaces: new Map([...SHARED.interfaces, ...own.interfaces]),
    aliases: new Map([...SHARED.aliases, ...own.aliases]),
  };
  return namesIn(types, { type, scope: "", at: "", above: [] });
}

const READ = new Map<string, Declarations>();

function declarationsOf(resource: string): Declarations {
  const declarations = READ.get(resource) ?? readDeclarations(join(RESOURCES, `${resource}.d.ts`));
  READ.set(resource, declarations);
  return declarations;
}

/**
 * Maps each of the kinds to its optional fields that hold objects, such as `line_items`. Leaves out kinds without such
 * fields. An API call requests these fields with `expand`.
 */
export function listOptionalFieldsHoldingObjects(kinds: string[]): Record<string, string[]> {
  const files = readdirSync(RESOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".d.ts"));
  const found = files.flatMap((file) => {
    const types = declarationsOf(file.slice(0, -".d.ts".length));
    return [...types.interfaces].flatMap(([name, declared]): [string, string[]][] => {
      const [, kind = ""] = /^'([^']+)';$/.exec(declared.fields.get("object") ?? "") ?? [];
      if (!kinds.includes(kind) || name.startsWith("Deleted")) return [];
      const optional = [...declared.optional].filter((field) =>
        holdsObject(types, declared.fields.get(field) ?? "", name),
      );
      return optional.length > 0 ? [[kind, optional.sort()]] : [];
    });
  });
  return Object.fromEntries(found.sort(([a], [b]) => a.localeCompare(b, "en")));
}

/**
 * Returns true if a field of this type can hold an object. Interfaces count as objects. A type that the resource's own
 * declaration file does not declare belongs to another resource, so it counts too. The types in PLAIN never count as
 * objects.
 */
function holdsObject(types: Types, type: string, scope: string): boolean {
  if (type === "{") return true;
  return (type.match(/\b[A-Z][\w.]*/g) ?? []).some((reference) => {
    const name = fullNameOf(types, reference, scope);
    return !PLAIN.has(reference) && (name === null || types.interfaces.has(name));
  });
}

const PLAIN = new Set(["Decimal", "Metadata", "OtherString", "Array", "ApiList"]);

type Place = {
  type: string;
  /** The full name of the interface that contains the type. */
  scope: string;
  at: string;
  above: string[];
};
type Types = Pick<Declarations, "interfaces" | "aliases">;

function namesIn(types: Types, place: Place): SdkParameter[] {
  const references = place.type.match(/\b[A-Z][\w.]*/g) ?? [];
  return references.flatMap((reference) => {
    const name = fullNameOf(types, reference, place.scope);
    if (name === null || place.above.includes(name)) return [];
    const above = [...place.above, name];
    const alias = types.aliases.get(name);
    if (alias !== undefined) return namesIn(types, { ...place, type: alias, scope: name, above });
    const at = /\[key: string\]/.test(place.type) ? `${place.at}[*]` : place.at;
    return fieldsOf(types, name).flatMap(([field, type]) => {
      const here = at === "" ? field : `${at}[${field}]`;
      const { values, isOpen } = valuesIn(types, type, name);
      return [
        { name: here, values: [...new Set(values)].sort(), acceptsOtherValues: isOpen },
        ...namesIn(types, { type, scope: name, at: here, above }),
      ];
    });
  });
}

function valuesIn(types: Types, type: string, scope: string): { values: string[]; isOpen: boolean } {
  const own = [...type.matchAll(/'([^']+)'/g)].map(([, word = ""]) => word);
  const plain = type.replaceAll(/'[^']*'/g, "");
  const named = (plain.match(/\b[A-Z][\w.]*/g) ?? []).flatMap((reference) => {
    const name = fullNameOf(types, reference, scope);
    const alias = name === null ? undefined : types.aliases.get(name);
    if (alias === undefined) return name === null ? [] : [{ values: [], isOpen: true }];
    return reference === "OtherString" ? [] : [valuesIn(types, alias, name ?? "")];
  });
  return {
    values: [...own, ...named.flatMap(({ values }) => values)],
    isOpen: /\b(string|number|boolean|Decimal)\b/.test(plain) || named.some(({ isOpen }) => isOpen),
  };
}

const NOTHING: Declared = { fields: new Map(), optional: new Set(), bases: [] };

function fieldsOf(types: Types, name: string): [string, string][] {
  const { fields, bases } = types.interfaces.get(name) ?? NOTHING;
  return [...bases.flatMap((base) => fieldsOf(types, base)), ...fields];
}

function fullNameOf({ interfaces, aliases }: Types, reference: string, scope: string): string | null {
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
      found.interfaces.set(scope.join("."), {
        fields: new Map(),
        optional: new Set(),
        bases: bases.split(", ").filter(Boolean),
      });
    if (line.endsWith("}")) scope.pop();
    return;
  }
  const alias = /^(?:export )?(?:declare )?type (\w+) = (.+)/.exec(line);
  if (alias) found.aliases.set([...scope, alias[1]].join("."), alias[2] ?? "");
  const method = /^(\w+)\(.*\bparams\??: ([\w.]+)/.exec(line);
  if (method && !found.methods.has(method[1] ?? "")) found.methods.set(method[1] ?? "", method[2] ?? "");
  const field = /^'?([\w-]+)'?(\??): (.+)/.exec(line);
  const declared = found.interfaces.get(scope.join("."));
  if (field && declared) {
    const [, name = "", mark = "", type = ""] = field;
    declared.fields.set(name, type);
    if (mark === "?") declared.optional.add(name);
  }
  if (line.endsWith("{")) scope.push("");
  if (line.startsWith("}")) scope.pop();
}
