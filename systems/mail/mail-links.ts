// Signs two links of an e-mail: the gift link and the “this was not me” link. Signs them only when the e-mail is sent.
// So the outbox stores neither link, and the gift link's lifetime does not start earlier.
import "server-only";
import type { Db } from "../database";
import { wrongAddressPageUrl } from "../links/address-link";
import { type GiftLinkTarget, giftLinkUrl } from "../links/gift-link";
import type { MailLinks } from "./mail-context";
import type { DecryptedMail } from "./render";

type About = { mail: DecryptedMail; emailHash: string; now: Date };

export async function signMailLinks(
  db: Db,
  { mail, emailHash, now }: About,
): Promise<{ links: MailLinks; giftStatus: string | undefined }> {
  const gift = await findGift(db, mail);
  const links = {
    wrongAddress: offersToStopMail(mail) ? wrongAddressPageUrl(emailHash) : null,
    gift: gift && gift.status !== "canceled" ? giftLinkUrl(gift, now) : null,
  };
  return { links, giftStatus: gift?.status };
}

/**
 * Returns true if the e-mail offers to stop further e-mail. Returns false for e-mails that only staff get. Also returns
 * false for the e-mail about an erasure, because a stop would store a trace of the erased person.
 */
export function offersToStopMail({ kind }: Pick<DecryptedMail, "kind">): boolean {
  return !["burst", "staff-news", "summary", "erased"].includes(kind);
}

async function findGift(db: Db, { values }: DecryptedMail): Promise<(GiftLinkTarget & { status: string }) | null> {
  const select = { subscriptionId: true, linkEpoch: true, status: true };
  if ("subscriptionId" in values)
    return db.recurringGift.findUnique({ where: { subscriptionId: values.subscriptionId }, select });
  if (!("paymentId" in values)) return null;
  const where = { id: values.paymentId };
  return (await db.payment.findUnique({ where, select: { recurringGift: { select } } }))?.recurringGift ?? null;
}
