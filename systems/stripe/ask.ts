// For doors where a person waits: whatever is asked of Stripe is done in time, or the person is told that it was not.
import { describe, log } from "../log";

/** A reader is told within ten seconds; the client's own timeout and its retry may take longer than that. */
const PATIENCE_MS = 9_000;

/**
 * `failed` also where the answer is late: Stripe may still have done it, and then says so to the webhook. `about` goes to
 * the log: ids only.
 */
export async function askStripe(
  ask: () => Promise<void>,
  { about, patienceMs = PATIENCE_MS }: { about: Record<string, string>; patienceMs?: number },
): Promise<"done" | "failed"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    await Promise.race([ask(), late]);
    return "done";
  } catch (error) {
    log.error({ ...about, error: describe(error) }, "Stripe did not do what a supporter asked");
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}
