import "server-only";
import { log, redactError } from "./log";

/** Logs that a part failed. The caller continues with the other parts of the page, e-mail or background job. */
export function logPageSectionFailure(part: string, error: unknown): void {
  log.error({ part, error: redactError(error) }, "a part could not be built; the other parts are not affected");
}
