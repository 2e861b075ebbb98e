// Parses Stripe's search language, in which all conditions are joined by AND, or all by OR.
import { invalidRequest } from "../http/errors";

export type SearchOperator = ":" | "~" | ">" | "<" | ">=" | "<=";

export type SearchClause = {
  field: string;
  key: string | null;
  operator: SearchOperator;
  /** The value to compare with; null if the query asks for objects without the field. */
  value: string | null;
  isNegated: boolean;
};

export type SearchQuery = {
  join: "AND" | "OR";
  clauses: SearchClause[];
};

const FIELD = /^([a-z_][a-z0-9_.]*)(?:\[(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\])?/i;
const OPERATOR = /^(:|~|>=|<=|>|<)/;
const VALUE = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(null)|(-?\d+(?:\.\d+)?))(?=\s|$)/i;
const JOIN = /^(AND|OR)\s+/i;
const MAX_CLAUSES = 10;

export function parseQuery(text: string): SearchQuery {
  const reader = readerOf(text);
  const clauses: SearchClause[] = [clauseFrom(reader)];
  const joins = new Set<string>();
  while (!reader.isAtEnd()) {
    joins.add((reader.take(JOIN)?.[1] ?? "AND").toUpperCase());
    clauses.push(clauseFrom(reader));
  }
  if (joins.size > 1) throw searchError("You may not combine AND and OR in one search query.");
  if (clauses.length > MAX_CLAUSES) throw searchError(`A search query may have at most ${MAX_CLAUSES} clauses.`);
  return { join: joins.has("OR") ? "OR" : "AND", clauses };
}

type TextReader = ReturnType<typeof readerOf>;

function readerOf(text: string) {
  let rest = text.trim();
  return {
    isAtEnd: () => rest === "",
    take(pattern: RegExp): RegExpExecArray | null {
      const found = pattern.exec(rest);
      if (found) rest = rest.slice(found[0].length);
      return found;
    },
  };
}

function clauseFrom(reader: TextReader): SearchClause {
  const isNegated = reader.take(/^-/) !== null;
  const [, field = "", double, single] = reader.take(FIELD) ?? unreadable();
  const [, operator = ""] = reader.take(OPERATOR) ?? unreadable();
  const [, doubled, singled, isNull, number] = reader.take(VALUE) ?? unreadable();
  reader.take(/^\s+/);
  const key = double ?? single;
  return {
    field: field.toLowerCase(),
    key: key === undefined ? null : unescaped(key),
    operator: operator as SearchOperator,
    value: isNull ? null : unescaped(doubled ?? singled ?? number ?? ""),
    isNegated,
  };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}

function unreadable(): never {
  throw searchError(
    'We were unable to parse your search query. Please try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.',
  );
}

export function searchError(message: string) {
  return invalidRequest(message, { param: "query" });
}
