import "server-only";
import type { core } from "zod";
import { type StripeValueFault, UnrecordableError, type UnrecordableReason } from "../../../domain/ledger/unrecordable";
import { STRIPE_OBJECT_SCHEMAS } from "./objects";

export type StripeObjectKind = keyof typeof STRIPE_OBJECT_SCHEMAS;

/**
 * Throws UnrecordableError if a field that this site stores is missing or invalid. Call it only for objects that can
 * belong to this site.
 */
export function requireReadableObject(kind: StripeObjectKind, object: object): void {
  const parsed = STRIPE_OBJECT_SCHEMAS[kind].safeParse(object);
  const issue = parsed.error?.issues[0];
  if (issue) throw new UnrecordableError(reasonFor(issue, { kind, object }));
}

function reasonFor(
  issue: core.$ZodIssue,
  { kind, object }: { kind: StripeObjectKind; object: object },
): UnrecordableReason {
  const value = valueAt(object, issue.path);
  const id = String(valueAt(object, ["id"]));
  if (issue.code === "custom") return { why: "currency", object: id, currency: String(value).toUpperCase() };
  const field = [kind, ...issue.path].join(".");
  return { why: "value", object: id, field, fault: faultOf(issue, value) };
}

function faultOf({ code }: core.$ZodIssue, value: unknown): StripeValueFault {
  if (value === undefined || value === null) return "missing";
  if (typeof value !== "number") return "unreadable";
  if (code === "too_small" || value < 0) return "negative";
  return code === "too_big" ? "large" : "unreadable";
}

function valueAt(object: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, name) => (value as Record<PropertyKey, unknown> | null | undefined)?.[name], object);
}
