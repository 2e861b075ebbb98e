// Turns text that Next and libraries print with `console`, and Node's warnings, into JSON lines of the site's log. A
// line break in a request then cannot forge a log line.
import "server-only";
import { format, stripVTControlCharacters } from "node:util";
import { log, redactError } from "../../log";

const LEVELS = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error", trace: "debug" } as const;

export function sendConsoleToLog(): void {
  for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, (typeof LEVELS)[keyof typeof LEVELS]][])
    console[method] = (...args: unknown[]) => log[level]({ from: "console" }, lineOf(args));
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log.warn({ from: "node", kind: warning.name }, redactError(warning.message)));
}

/** Returns an error's class and stack without its message, which can repeat user input; for anything else, its type. */
export function formatErrorWithoutMessage(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const places = String(error.stack).match(/^ +at .+$/gm) ?? [];
  return [error.name, ...places].join("\n");
}

function lineOf(args: unknown[]): string {
  const text = format(...args.map((each) => (each instanceof Error ? formatErrorWithoutMessage(each) : each)));
  return redactError(stripVTControlCharacters(text).trim());
}
