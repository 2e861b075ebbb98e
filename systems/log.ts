// One JSON line per event. It holds ids and outcomes, never a name, an e-mail address or a body.
import pino from "pino";

export const log = pino({
  base: null,
  level: process.env.LOG_LEVEL ?? "info",
  timestamp: pino.stdTimeFunctions.isoTime,
});

/** Replaces anything that looks like an e-mail address. */
export function redactError(error: unknown): string {
  const text = error instanceof Error ? textOf(error) : String(error);
  // Cuts twice. The search takes minutes on a megabyte without spaces, so it gets a short text. The cut at 500 comes last,
  // because it could otherwise split an address, and the search would miss it.
  return text
    .slice(0, 2_000)
    .replace(/[^\s<>"]+@[^\s<>"]+/g, "(e-mail)")
    .slice(0, 500);
}

/** The message of a PrismaClientValidationError repeats the row's values, so only its name is logged. */
function textOf({ name, message }: Error): string {
  return name === "PrismaClientValidationError" ? name : `${name}: ${message}`;
}
