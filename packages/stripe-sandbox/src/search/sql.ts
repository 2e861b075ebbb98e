// Turns a search query into SQL. Values are bound and never part of the SQL text.
import type { SqlFragment } from "../listing";
import type { SearchableResource, SearchField } from "./fields";
import { parseQuery, type SearchClause, searchError } from "./query";

export function searchSql(name: string, { fields }: SearchableResource, text: string): SqlFragment {
  const { join, clauses } = parseQuery(text);
  const parts = clauses.map((clause) => clauseSql(name, fields, clause));
  return {
    text: parts.map((part) => part.text).join(` ${join} `),
    boundValues: parts.flatMap(({ boundValues }) => boundValues),
  };
}

function clauseSql(name: string, fields: SearchableResource["fields"], clause: SearchClause): SqlFragment {
  const { text, boundValues } = clause.field === "metadata" ? metadataSql(clause) : fieldSql(name, fields, clause);
  return { text: clause.isNegated ? `NOT coalesce(${text}, 0)` : `coalesce(${text}, 0)`, boundValues };
}

const METADATA = "(SELECT value FROM json_each(objects.json, '$.metadata') WHERE key = ?)";

function metadataSql({ key, operator, value }: SearchClause): SqlFragment {
  if (key === null) throw searchError('Please use the format `metadata["key"]:"value"` to query for metadata.');
  if (operator !== ":") throw unsupportedOperator("metadata", operator);
  if (value === null) return { text: `${METADATA} IS NULL`, boundValues: [key] };
  return { text: `fold(${METADATA}) = ?`, boundValues: [key, value.toLowerCase()] };
}

function fieldSql(
  name: string,
  fields: SearchableResource["fields"],
  { field, key, operator, value }: SearchClause,
): SqlFragment {
  const searched = key === null && Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!searched)
    throw searchError(
      `Field \`${field}\` is an unsupported search field for resource \`${name}\`. See http://stripe.com/docs/search#query-fields-for-${name.replaceAll("_", "")} for a list of supported fields.`,
    );
  if (value === null) return { text: "json_extract(json, ?) IS NULL", boundValues: [searched.path] };
  if (operator === ":") return exactSql(searched, value);
  if (operator === "~" && searched.type === "text") return partSql(field, searched, value);
  if (operator !== "~" && searched.type === "number")
    return { text: `json_extract(json, ?) ${operator} ?`, boundValues: [searched.path, numberOf(value)] };
  throw unsupportedOperator(field, operator);
}

function exactSql({ type, path }: SearchField, value: string): SqlFragment {
  if (type === "number") return { text: "json_extract(json, ?) = ?", boundValues: [path, numberOf(value)] };
  const isTrue = value.toLowerCase() === "true";
  if (type === "flag") return { text: "json_extract(json, ?) = ?", boundValues: [path, Number(isTrue)] };
  return { text: "fold(CAST(json_extract(json, ?) AS TEXT)) = ?", boundValues: [path, value.toLowerCase()] };
}

function partSql(field: string, { path }: SearchField, value: string): SqlFragment {
  if (value.length < 3)
    throw searchError(`The substring to search for in \`${field}\` must have at least 3 characters: '${value}'.`);
  return { text: "instr(fold(json_extract(json, ?)), ?) > 0", boundValues: [path, value.toLowerCase()] };
}

function numberOf(value: string): number {
  if (/^-?\d{1,15}(\.\d{1,10})?$/.test(value)) return Number(value);
  throw searchError(`'${value.slice(0, 50)}' is not a number.`);
}

function unsupportedOperator(field: string, operator: string) {
  return searchError(`Field \`${field}\` does not support the operator \`${operator}\`.`);
}
