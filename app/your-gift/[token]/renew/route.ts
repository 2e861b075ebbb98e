import { dayOn } from "@/domain/calendar";
import { queueNewGiftLink } from "@/domain/supporters/gift-of-mailed-link";
import { publication } from "@/publication";
import { consumeSignInLinkRateLimit } from "@/systems/auth/link-limits";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { giftLinkPath } from "@/systems/links/gift-link";
import { giftLinkPathInFormLanguage, requireKnownGiftLink } from "@/systems/links/with-gift-link";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";
import { runBackgroundJobsSoon } from "@/systems/wake-jobs";

/**
 * E-mails a new link in place of an expired or revoked one. The response does not reveal if the gift has a known e-mail
 * address.
 */
export const POST = withSameOriginForm<{ token: string }>(
  giftLinkPathInFormLanguage,
  async ({ form, headers, params: { token } }) => {
    const [path, page] = [giftLinkPath(token), giftLinkPathInFormLanguage({ form, params: { token } })];
    const { kind, linked } = await requireKnownGiftLink(token);
    if (kind === "open") return seeOther(page);
    const [db, now] = [await database(), currentTime()];
    const mayAsk = await consumeSignInLinkRateLimit(db, { subject: linked.subscriptionId, headers, now });
    if (!mayAsk) return seeOther(page, await flashMessageCookie(path, { done: "often" }));
    await queueNewGiftLink(db, { linked, day: dayOn(now, publication.timeZone), now });
    runBackgroundJobsSoon();
    return seeOther(page, await flashMessageCookie(path, { done: "mailed" }));
  },
);
