import "server-only";
import { log, redactError } from "./log";

/** Logs that a part of a page, an e-mail or a background job failed. The caller continues with the other parts. */
export function logFailedPart(part: string, error: unknown): void {
  log.error({ part, error: redactError(error) }, "a part could not be built; the other parts are not affected");
}
