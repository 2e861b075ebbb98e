// A person is waiting: what Stripe does not answer in time is given up on, and may still happen there.

/** A reader is told within ten seconds; the client's own timeout and its retry may take longer than that. */
const PATIENCE_MS = 9_000;

/** Throws what `work` throws, or that it took too long; a failure after that has been told already and is let go. */
export async function withTimeout<T>(work: Promise<T>, timeoutMs = PATIENCE_MS): Promise<T> {
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
