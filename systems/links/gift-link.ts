// Creates and checks signed links to recurring gifts. Anybody who has such a link may pause or end the gift without
// signing in. The site does not store the links. A link contains Stripe's id of the gift, so it still works after the
// ledger was rebuilt from Stripe.
import "server-only";
import { findGiftOfMailedLink, type GiftOfMailedLink } from "../../domain/supporters/gift-of-mailed-link";
import { publication } from "../../publication";
import type { Db } from "../database";
import { siteUrl } from "../env";
import { parseSignedToken, signToken } from "../signed-token";
import { mailedLinkKey } from "./link-key";

/**
 * How long a gift link is valid: fourteen months. The last e-mail about a yearly gift is a year old when the next one
 * comes.
 */
const LASTS_MS = 430 * 24 * 60 * 60 * 1000;
const PURPOSE = "gift-link";

export type GiftLinkTarget = { subscriptionId: string; linkEpoch: number };

/**
 * `open`: the link is valid. `old`: this site has signed the link, but it has expired or was revoked. Whoever has it
 * can request a new one. `unknown`: any other link.
 */
export type ReadGiftLinkResult = { kind: "open" | "old"; linked: GiftOfMailedLink } | { kind: "unknown" };

export function giftLinkUrl({ subscriptionId, linkEpoch }: GiftLinkTarget, now: Date): string {
  const expiresAt = new Date(now.getTime() + LASTS_MS);
  return `${siteUrl()}${giftLinkPath(signGiftLinkToken({ subscriptionId, linkEpoch, expiresAt }))}`;
}

export function giftLinkPath(token: string): string {
  return `/your-gift/${token}`;
}

export function signGiftLinkToken({
  subscriptionId,
  linkEpoch,
  expiresAt,
}: GiftLinkTarget & { expiresAt: Date }): string {
  return signToken({ ...signing(), at: expiresAt, id: `${subscriptionId}-${linkEpoch}` });
}

export async function readGiftLink(db: Db, { token, now }: { token: string; now: Date }): Promise<ReadGiftLinkResult> {
  const read = parseSignedToken(token, signing());
  const [, subscriptionId = "", epoch = ""] = /^(\w+)-(\d+)$/.exec(read?.id ?? "") ?? [];
  const linked = read && subscriptionId ? await findGiftOfMailedLink(db, subscriptionId) : null;
  if (!read || !linked) return { kind: "unknown" };
  const isOpen = read.at > now && Number(epoch) === linked.linkEpoch;
  return { kind: isOpen ? "open" : "old", linked };
}

function signing() {
  return { purpose: PURPOSE, secret: mailedLinkKey("gift"), boundTo: publication.id };
}
