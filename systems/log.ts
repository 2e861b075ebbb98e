// The server's log: one JSON line per event. It holds ids and outcomes, never a name, an e-mail address or a body.
import pino from "pino";

export const log = pino({
  base: null,
  level: process.env.LOG_LEVEL ?? "info",
  timestamp: pino.stdTimeFunctions.isoTime,
});

/** Returns the error as a short text, in which anything that looks like an e-mail address is replaced. */
export function redactError(error: unknown): string {
  const text = error instanceof Error ? textOf(error) : String(error);
  // Cuts the text before the search, because the search takes minutes on a megabyte without spaces. Cuts it to 500
  // characters only after the search, because the search would miss an address that was cut in two.
  return text
    .slice(0, 2_000)
    .replace(/[^\s<>"]+@[^\s<>"]+/g, "(e-mail)")
    .slice(0, 500);
}

/**
 * Returns the error's name and text. For a PrismaClientValidationError, returns only the name, because its text repeats
 * the row's values.
 */
function textOf({ name, message }: Error): string {
  return name === "PrismaClientValidationError" ? name : `${name}: ${message}`;
}
