// The log line for a part of a newsroom page that could not be drawn.
import "server-only";
import { log, redactError } from "./log";

/** Logs a part of a newsroom page that failed. The other parts are still drawn. */
export function logFailedPart(part: string, error: unknown): void {
  log.error({ part, error: redactError(error) }, "a part of the newsroom's page could not be drawn");
}
