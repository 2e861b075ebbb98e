import { parseEmailAddress } from "@/domain/email-address";
import { startAddressChange } from "@/systems/address-change";
import { withSupporter } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { env } from "@/systems/env";
import { flashMessageCookie } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { consumeRateLimit } from "@/systems/rate-limit";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/supporters/own-data";
const MAX_EMAIL_LENGTH = 254;
/**
 * How many changes of address a supporter can request in a day. Each request sends an e-mail to the typed address,
 * which can be a stranger's.
 */
const MAX_PER_DAY = 5;

export const POST = withSupporter(PAGE, async ({ form, viewer: { supporterId, emailHash, locale } }) => {
  const typed = (form.get("email") ?? "").slice(0, MAX_EMAIL_LENGTH);
  const refuse = async (reason: "not-an-address" | "same" | "often") =>
    seeOther(`${PAGE}#address`, await flashMessageCookie(PAGE, { address: typed, refused: reason }));
  const to = parseEmailAddress(typed).kind === "address" ? identityCrypto().sealAddress(typed) : null;
  if (!to) return refuse("not-an-address");
  if (to.emailHash === emailHash) return refuse("same");
  const db = await database();
  const limits = [{ kind: "supporter", subject: supporterId, max: MAX_PER_DAY }];
  const limit = {
    action: "address",
    windowMinutes: 24 * 60,
    limits,
    secret: env().NEXTAUTH_SECRET,
    now: currentTime(),
  };
  if (!(await consumeRateLimit(db, limit))) return refuse("often");
  const isOldLost = form.get("lost") === "yes";
  await startAddressChange(db, { supporterId, oldEmailHash: emailHash, to, isOldLost, locale });
  return seeOther(`${PAGE}#address`, await flashMessageCookie(PAGE, { done: "address" }));
});
