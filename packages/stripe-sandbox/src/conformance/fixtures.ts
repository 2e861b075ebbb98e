// Compares our answers with Stripe's published examples. Reports missing fields, additional fields, and values of
// another type.
import { ACCEPTED_DIFFERENCES } from "./accepted-differences";

type Json = Record<string, unknown>;

export type StripePublishedFixtures = {
  resources: Record<string, Json>;
};

export type FixtureDifference = {
  kind: string;
  /** The path of the field that differs, such as `charge.outcome.rule`. */
  path: string;
  description: string;
  acceptanceReason: string | null;
};

export function findFixtureDifferences(fixtures: StripePublishedFixtures, answers: object[]): FixtureDifference[] {
  const found = new Map<string, FixtureDifference>();
  for (const [kind, object] of answers.flatMap(objectsIn)) {
    const example = fixtures.resources[kind];
    if (!example) continue;
    for (const { at, what } of compare(kind, example, object)) {
      const reason = ACCEPTED_DIFFERENCES[at] ?? null;
      found.set(`${at} ${what}`, { kind, path: at, description: what, acceptanceReason: reason });
    }
  }
  return [...found.values()].sort((a, b) => a.path.localeCompare(b.path));
}

export function listObjectKindsWithFixture(fixtures: StripePublishedFixtures, answers: object[]): string[] {
  const kinds = answers.flatMap(objectsIn).map(([kind]) => kind);
  return [...new Set(kinds)].filter((kind) => kind in fixtures.resources).sort();
}

function objectsIn(value: unknown): [string, Json][] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  const { object: kind, deleted } = value;
  if (typeof kind !== "string" || kind === "list" || kind === "search_result") return inner;
  return [[deleted === true ? `deleted_${kind}` : kind, value], ...inner];
}

type Found = {
  at: string;
  what: string;
};

function compare(at: string, example: Json, ours: Json): Found[] {
  const missing = Object.keys(example).filter((name) => !(name in ours));
  const more = Object.keys(ours).filter((name) => !(name in example));
  const both = Object.keys(example).filter((name) => name in ours);
  return [
    ...missing.map((name) => ({ at: `${at}.${name}`, what: "missing" })),
    ...more.map((name) => ({ at: `${at}.${name}`, what: "not in Stripe's example" })),
    ...both.flatMap((name) => compareValues(`${at}.${name}`, example[name], ours[name])),
  ];
}

function compareValues(at: string, example: unknown, ours: unknown): Found[] {
  const [theirKind, ourKind] = [kindOf(example), kindOf(ours)];
  if (theirKind === "null" || ourKind === "null" || FREE.test(at)) return [];
  if (Array.isArray(example) && Array.isArray(ours)) {
    const [[theirs], [mine]] = [example, ours];
    return theirs === undefined || mine === undefined ? [] : compareValues(`${at}[]`, theirs, mine);
  }
  if (isObject(example) && isObject(ours)) return isReference(ours) ? [] : compare(at, example, ours);
  // It is no difference if Stripe's example contains only the id of an object and our answer contains the whole object.
  if (theirKind === ourKind || (isReference(ours) && theirKind === "text")) return [];
  return [{ at, what: `${ourKind}, where Stripe has ${theirKind}` }];
}

/**
 * Paths of fields whose content is not compared, because the caller chooses it (metadata) or it depends on the event.
 */
const FREE = /\.(metadata|object|previous_attributes)$/;

/**
 * True for a Stripe object that is not a list. Inside another object, such an object is not compared, because Stripe
 * publishes a separate example of its type.
 */
function isReference(value: unknown): boolean {
  return isObject(value) && typeof value.object === "string" && value.object !== "list";
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return "text";
  return Array.isArray(value) ? "list" : typeof value;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
