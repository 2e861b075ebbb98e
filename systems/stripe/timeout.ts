// A time limit for calls to Stripe while a person waits. After it nothing more is sent, because the person was told that it did not
// work. A call that is already on its way may still take effect, so Stripe is asked again later.
import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { env } from "../env";

/**
 * The limit for all calls of one press, as a multiple of the limit for one response: nine seconds by default. A retry by the Stripe
 * client may take longer than that.
 */
const WHOLE_PER_RESPONSE = 9 / 8;

const waiting = new AsyncLocalStorage<{ isOver: boolean }>();

/** Throws what `work` throws, or a timeout error. A failure after the timeout is ignored. */
export async function withTimeout<T>(
  work: () => Promise<T>,
  timeoutMs = env().STRIPE_TIMEOUT_MS * WHOLE_PER_RESPONSE,
): Promise<T> {
  const wait = { isOver: false };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      wait.isOver = true;
      reject(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  const working = waiting.run(wait, work);
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
    working.catch(() => {});
  }
}

/** True inside work that was given up after its timeout. */
export function hasCallTimedOut(): boolean {
  return waiting.getStore()?.isOver ?? false;
}
