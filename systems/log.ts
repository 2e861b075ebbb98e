// One JSON line per thing that happened. Ids and outcomes only: never a name, an e-mail or a body.
import pino from "pino";

export const log = pino({
  base: null,
  level: process.env.LOG_LEVEL ?? "info",
  timestamp: pino.stdTimeFunctions.isoTime,
});

/** What may be told of an error: its kind and message, with anything that looks like an e-mail taken out. */
export function redactError(error: unknown): string {
  const text = error instanceof Error ? wordsOf(error) : String(error);
  // Cut before the search, which on a very long text without spaces would take minutes; and after it, so that no e-mail is cut.
  return text
    .slice(0, 2_000)
    .replace(/[^\s<>"]+@[^\s<>"]+/g, "(e-mail)")
    .slice(0, 500);
}

/** The database client's complaint about a call repeats the values of the row: its kind alone is told. */
function wordsOf({ name, message }: Error): string {
  return name === "PrismaClientValidationError" ? name : `${name}: ${message}`;
}
