// Logging for a part of a page, mail or job that failed.
import "server-only";
import { log, redactError } from "./log";

/** Logs a part of a page, mail or job that failed while the other parts go on. */
export function logFailedPart(part: string, error: unknown): void {
  log.error({ part, error: redactError(error) }, "a part could not be built; the other parts are not affected");
}
