// One JSON line per thing that happened. Ids and outcomes only: never a name, an e-mail or a body.
import pino from "pino";

export const log = pino({
  base: null,
  level: process.env.LOG_LEVEL ?? "info",
  timestamp: pino.stdTimeFunctions.isoTime,
});

/** What may be told of an error: its kind and message, with anything that looks like an e-mail taken out. */
export function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replace(/[^\s<>"]+@[^\s<>"]+/g, "(e-mail)").slice(0, 500);
}
