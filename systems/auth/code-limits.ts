// Limits the attempts to guess a colleague's second-factor code. Counts them per colleague, not per browser. A thief
// who can read the colleague's e-mails can sign in with many browsers.
import "server-only";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { env } from "../env";
import { consumeRateLimit } from "../rate-limit";

export const SECOND_FACTOR_LIMIT_WINDOW_MINUTES = 15;
const DAY_MINUTES = 24 * 60;
/**
 * The most attempts in a short window and in a day. At any moment, three of the million possible codes are valid. With
 * 40 guesses a day, a thief finds a valid code within a year with a probability of 4%.
 */
const MAX = { window: 10, day: 40 };

/**
 * Counts an attempt, and returns false if a limit is exceeded. Each kind of code is counted separately, so that a
 * thief who guesses app codes does not lock the owner out of the recovery codes.
 */
export async function consumeSecondFactorAttempt(
  db: Db,
  staffId: string,
  kind: "app" | "recovery" | "passkey",
): Promise<boolean> {
  const attempt = { action: `code-${kind}`, secret: env().NEXTAUTH_SECRET, now: currentTime() };
  const limit = (max: number) => ({ limits: [{ kind: "colleague", subject: staffId, max }] });
  return (
    (await consumeRateLimit(db, {
      ...attempt,
      windowMinutes: SECOND_FACTOR_LIMIT_WINDOW_MINUTES,
      ...limit(MAX.window),
    })) &&
    (await consumeRateLimit(db, {
      ...attempt,
      action: `${attempt.action}-day`,
      windowMinutes: DAY_MINUTES,
      ...limit(MAX.day),
    }))
  );
}
