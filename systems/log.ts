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
  // Cuts the text twice. The search takes minutes on a megabyte without spaces, so it gets a short text. The cut at 500
  // comes last, because it could otherwise split an address, and the search would miss it.
  return text
    .slice(0, 2_000)
    .replace(/[^\s<>"]+@[^\s<>"]+/g, "(e-mail)")
    .slice(0, 500);
}

/**
 * Returns the error's name and text. Only the name of a PrismaClientValidationError, because its text repeats the row's
 * values.
 */
function textOf({ name, message }: Error): string {
  return name === "PrismaClientValidationError" ? name : `${name}: ${message}`;
}
