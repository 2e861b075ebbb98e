// Checks the stand-in's answers against the types of the `stripe` package. Writes each answer as a typed constant into
// a file that the compiler checks. The package's types also accept unlisted values, which Stripe could add later. The
// copy of the types that is used here does not accept them, so that an unlisted value is an error.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Stripe from "stripe";
import type { ConformanceCallResult } from "./run";

const ROOT = join(import.meta.dirname, "..", "..");
const CACHE = join(ROOT, ".cache");

const DECIMAL = Object.getPrototypeOf(Stripe.Decimal.zero);

const HEAD = `import Stripe from "stripe";
type Plain<T> = T extends Stripe.Response<infer R> ? R : T;
type Answer<F> = F extends (...args: never[]) => infer R ? Plain<Awaited<R>> : never;
`;

const CONFIG = {
  extends: "../../tsconfig.json",
  compilerOptions: {
    noEmit: true,
    incremental: false,
    types: ["node"],
    paths: { stripe: ["./stripe/stripe.esm.node.d.ts"] },
  },
  include: ["answers.ts"],
  exclude: [],
};

const TYPES = join(dirname(createRequire(import.meta.url).resolve("stripe")), "..", "esm");
const OPEN = "export type OtherString = string & Record<never, never>;";

function copyTypes(folder: string): void {
  cpSync(TYPES, folder, {
    recursive: true,
    filter: (path) => path.endsWith(".d.ts") || statSync(path).isDirectory(),
  });
  const shared = join(folder, "shared.d.ts");
  const text = readFileSync(shared, "utf8");
  if (!text.includes(OPEN)) throw new Error(`${shared} no longer opens its lists of values with "${OPEN}"`);
  writeFileSync(shared, text.replace(OPEN, "export type OtherString = never;"));
}

/**
 * Checks the answers of these calls against the types of the `stripe` package. Returns a list of the compiler's error
 * messages for each call, in the order of `outcomes`.
 */
export async function findShapeErrors(
  outcomes: Pick<ConformanceCallResult, "method" | "answer">[],
): Promise<string[][]> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, "conformance-"));
  copyTypes(join(folder, "stripe"));
  writeFileSync(join(folder, "answers.ts"), HEAD + outcomes.map(constantOf).join("\n"));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(CONFIG));
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const output = await outputOf(process.execPath, [compiler, "-p", folder, "--pretty", "false"]);
  rmSync(folder, { recursive: true });
  const errors: string[][] = outcomes.map(() => []);
  // A long message continues on indented lines, so only a line without indentation begins a new message.
  for (const message of output.split(/\n(?=\S)/).filter((text) => text !== "")) {
    const line = Number(/\/answers\.ts\((\d+),/.exec(message)?.[1]);
    const about = errors[line - HEAD.split("\n").length];
    if (!about) throw new Error(message);
    about.push(message);
  }
  return errors;
}

function outputOf(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: ROOT, maxBuffer: 50_000_000 }, (failure, stdout) => {
      if (failure && stdout === "") reject(failure);
      else resolve(stdout);
    });
  });
}

function constantOf({ method, answer }: Pick<ConformanceCallResult, "method" | "answer">, number: number): string {
  if (!answer) return "";
  const type = method
    .split(".")
    .map((step) => `["${step}"]`)
    .join("");
  return `export const ${method.replaceAll(".", "_")}_${number}: Answer<Stripe${type}> = ${literalOf(answer)};`;
}

/** Returns a value as a TypeScript literal: JSON, or `Stripe.Decimal.from(…)` for a decimal object of the package. */
function literalOf(value: unknown): string {
  if (isDecimal(value)) return `Stripe.Decimal.from(${JSON.stringify(String(value))})`;
  if (Array.isArray(value)) return `[${value.map(literalOf).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${literalOf(field)}`);
  return `{${fields.join(", ")}}`;
}

function isDecimal(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === DECIMAL;
}
