// Writes the answers into the text of publication.ts. Changes only values, so that all comments stay.
import { spawnSync } from "node:child_process";
import { parseAst } from "vite";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import type { NewsroomAnswers } from "./answers";

const BIOME = "node_modules/@biomejs/biome/bin/biome";

type Node = { type: string; start: number; end: number; [field: string]: unknown };
type Property = Node & { key: Node & { name?: string; value?: string }; value: Node };

/**
 * Returns the text of publication.ts with the answers in its fields. Throws if `text` is not a publication.ts, or if it
 * lacks the field for an answer.
 */
export function editPublication(text: string, answers: NewsroomAnswers): string {
  const fields = publicationOf(text);
  const edits = valuesOf(answers).map(([path, value]) => ({ ...placeOf(fields, path), source: sourceOf(value) }));
  const edited = edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((written, { start, end, source }) => written.slice(0, start) + source + written.slice(end), text);
  return format(edited);
}

function valuesOf(answers: NewsroomAnswers): [path: string, value: unknown][] {
  const { name, contact, recipient, currencies } = answers;
  return [
    ["id", answers.id],
    ["name", name],
    ["shortName", answers.shortName],
    ["motto", answers.motto],
    ["founded", answers.founded],
    ["defaultLanguage", answers.languages[0]],
    ["languages", answers.languages],
    ["timeZone", answers.timeZone],
    ["mailFrom", `${mailName(name)} <${contact}>`],
    ["contact", contact],
    ["accent", answers.accent],
    ["refundNeedsSecondPerson", mapValues(currencies, ({ secondPerson: [amount] }) => amount)],
    [
      "currencies",
      mapValues(currencies, ({ once, monthly, yearly, limits: [min, max], cardFee }) => ({
        presets: { once, monthly, yearly },
        limits: { min, max },
        ...(cardFee ? { cardFee } : {}),
      })),
    ],
    ...(recipient ? recipientOf(recipient, answers) : []),
  ];
}

function recipientOf(
  { legalName, registration, address, taxNote }: NonNullable<NewsroomAnswers["recipient"]>,
  { languages: [language = "en"] }: NewsroomAnswers,
): [string, unknown][] {
  return [
    ["recipient.legalName", legalName],
    ["recipient.registration", registration || null],
    ["recipient.address", address],
    ["recipient.taxNote", { [language]: taxNote }],
  ];
}

/** Returns the name for an e-mail header. RFC 5322 requires quotes around some names. */
function mailName(name: string): string {
  return /^[\p{L}\p{N}\p{M} !#$%&'*+/=?^_`{|}~-]+$/u.test(name) ? name : JSON.stringify(name);
}

function mapValues<Value, Result>(all: Partial<Record<string, Value>>, change: (value: Value) => Result) {
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value ? [[key, change(value)]] : [])));
}

function sourceOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sourceOf).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, each]) => `${keyOf(key)}: ${sourceOf(each)}`);
  // Writes each currency on a line of its own, because one line would be hard to read.
  const isLong = Object.values(value).some((each) => typeof each === "object" && "presets" in Object(each));
  return isLong ? `{\n${fields.join(",\n")},\n}` : `{ ${fields.join(", ")} }`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function format(text: string): string {
  const args = [BIOME, "format", "--stdin-file-path=publication.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: REPOSITORY_ROOT,
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`publication.ts cannot be formatted: ${stderr}`);
  return stdout;
}

function publicationOf(text: string): Node {
  const { body } = parseAst(text, { lang: "ts" }) as unknown as { body: Node[] };
  const declarations = body.flatMap((statement) => {
    const declaration = (statement.declaration ?? statement) as {
      declarations?: { id: { name: string }; init: Node }[];
    };
    return declaration.declarations ?? [];
  });
  let found = declarations.find(({ id }) => id.name === "publication")?.init;
  while (found && found.type !== "ObjectExpression") found = found.expression as Node | undefined;
  if (!found) throw new Error("publication.ts has no `export const publication = { … }`");
  return found;
}

function placeOf(object: Node, path: string): { start: number; end: number } {
  const [name = "", ...rest] = path.split(".");
  const properties = (object.properties ?? []) as Property[];
  const found = properties.find(({ key }) => key?.name === name || key?.value === name)?.value;
  if (!found) throw new Error(`publication.ts has no ${path}`);
  return rest.length > 0 ? placeOf(found, rest.join(".")) : found;
}
