// The check that every page and form route of a mailed gift link makes first. An unknown link gets a 404. An old link leads to the
// page that offers a new link, and changes nothing.
import "server-only";
import { notFound } from "next/navigation";
import type { OwnRecurringGift } from "../../domain/supporters/own-recurring-gifts";
import { pathInFormLanguage } from "../asked-language";
import { currentTime } from "../clock";
import { database } from "../database";
import { type FormRoute, seeOther, withOwnForm } from "../same-origin-form";
import { type GiftLink, giftLinkPath, readGiftLink } from "./gift-link";

type KnownLink = Exclude<GiftLink, { kind: "unknown" }>;

export async function requireGiftLink(token: string): Promise<KnownLink> {
  const link = await readGiftLink(await database(), { token, now: currentTime() });
  return link.kind === "unknown" ? notFound() : link;
}

type LinkForm = {
  form: URLSearchParams;
  gift: OwnRecurringGift;
  /** The path of the gift's page without a language. Notes are stored under it. */
  path: string;
  /** The path of the gift's page, in the form's language. */
  page: string;
  /** Reads the gift again, for example after a change. */
  readAgain: () => Promise<OwnRecurringGift>;
};

/** Wraps a form's route: `handle` is called only if the link is open. */
export function withGiftLink(handle: (sent: LinkForm) => Promise<Response>): FormRoute<{ token: string }> {
  return withOwnForm<{ token: string }>(giftLinkPagePath, async ({ form, params: { token } }) => {
    const [path, page] = [giftLinkPath(token), giftLinkPagePath({ form, params: { token } })];
    const { kind, linked } = await requireGiftLink(token);
    if (kind === "old") return seeOther(page);
    const readAgain = async () => (await requireGiftLink(token)).linked.gift;
    return handle({ form, gift: linked.gift, path, page, readAgain });
  });
}

/** The path of the gift's page, in the form's language. */
export function giftLinkPagePath({ form, params }: { form: URLSearchParams; params: { token: string } }): string {
  return pathInFormLanguage(giftLinkPath(params.token), form);
}
