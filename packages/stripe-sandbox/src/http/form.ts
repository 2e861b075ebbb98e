// Decodes form bodies such as a[b][0][c]=… and a[]=…. Maps have no prototype, so that a parameter named __proto__ is
// only an unknown parameter.
import { invalidRequest } from "./errors";

export type FormValue = string | FormValue[] | FormMap;
export type FormMap = {
  [name: string]: FormValue;
};

const MAX_DEPTH = 12;
const MAX_PAIRS = 5_000;

export function emptyForm(): FormMap {
  return Object.create(null);
}

export function parseForm(text: string): FormMap {
  const root = emptyForm();
  const pairs = text.split("&").filter(Boolean);
  if (pairs.length > MAX_PAIRS) throw invalidRequest("Too many parameters in the request.");
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    place(root, splitName(name), equals < 0 ? "" : decode(pair.slice(equals + 1)));
  }
  return withLists(root);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalidRequest("Invalid request: the body is not valid application/x-www-form-urlencoded data.");
  }
}

function splitName(name: string): string[] {
  const head = name.match(/^[^[\]]+/)?.[0];
  const tail = name.slice(head?.length ?? 0);
  if (!head || !/^(\[[^[\]]*\])*$/.test(tail)) throw invalidRequest(`Invalid parameter name: ${name.slice(0, 100)}`);
  const path = [head, ...[...tail.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? "")];
  if (path.length > MAX_DEPTH) throw invalidRequest(`Parameters are nested too deeply: ${name.slice(0, 100)}`);
  return path;
}

function place(root: FormMap, path: string[], value: string): void {
  let here = root;
  path.forEach((step, depth) => {
    // `a[]=1&a[]=2` appends: an empty index becomes the number of elements so far.
    const name = step === "" ? String(Object.keys(here).length) : step;
    if (depth === path.length - 1) {
      if (typeof here[name] === "object") throw invalidRequest(`Invalid parameter: ${path[0]} is given in two shapes.`);
      here[name] = value;
      return;
    }
    const next = here[name] ?? emptyForm();
    if (typeof next === "string" || Array.isArray(next))
      throw invalidRequest(`Invalid parameter: ${path[0]} is given in two shapes.`);
    here[name] = next;
    here = next;
  });
}

/** Turns each map inside `map` whose keys are all numbers into a list. */
function withLists(map: FormMap): FormMap {
  for (const [name, value] of Object.entries(map)) {
    if (typeof value !== "string" && !Array.isArray(value)) map[name] = asList(withLists(value));
  }
  return map;
}

function asList(map: FormMap): FormValue {
  const names = Object.keys(map);
  if (names.length === 0 || !names.every((name) => /^\d{1,4}$/.test(name))) return map;
  return names.sort((a, b) => Number(a) - Number(b)).map((name) => map[name] ?? "");
}
