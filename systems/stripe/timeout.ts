// Limits the time that a person waits for Stripe. After the limit no more requests are sent, because the person was
// told that the change failed. A request already sent can still take effect.
import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { env } from "../env";

/**
 * The time limit for all calls to Stripe that one form causes, as a multiple of the limit for one response
 * (STRIPE_TIMEOUT_MS). By default it is nine seconds. It also limits retries by the `stripe` package.
 */
const WHOLE_PER_RESPONSE = 9 / 8;

const waiting = new AsyncLocalStorage<{ isOver: boolean }>();

/**
 * Returns the result of `work`, and throws its error or a timeout error. Ignores an error of `work` after the timeout.
 */
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

/** Returns true if the caller runs inside withTimeout() and its time limit has passed. */
export function hasCurrentCallTimedOut(): boolean {
  return waiting.getStore()?.isOver ?? false;
}
