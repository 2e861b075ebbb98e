// After the time limit no more requests are sent, because the person was told that it did not work. A request already sent may
// still take effect.
import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { env } from "../env";

/** For all calls of one form together: nine seconds by default. A retry by the stripe package may otherwise take longer. */
const WHOLE_PER_RESPONSE = 9 / 8;

const waiting = new AsyncLocalStorage<{ isOver: boolean }>();

/** Throws the error of `work`, or a timeout error. An error of `work` after the timeout is ignored. */
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

/** True inside work whose time limit has passed. */
export function hasCallTimedOut(): boolean {
  return waiting.getStore()?.isOver ?? false;
}
