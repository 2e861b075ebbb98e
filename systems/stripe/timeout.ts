// A time limit for calls to Stripe while a person waits. A call that is given up may still take effect at Stripe.

/** A reader gets an answer within ten seconds. The Stripe client's own timeout and retry may take longer than that. */
import "server-only";

const TIMEOUT_MS = 9_000;

/** Throws what `work` throws, or a timeout error. A failure after the timeout is ignored. */
export async function withTimeout<T>(work: Promise<T>, timeoutMs = TIMEOUT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
