// Handles forms of a gift link's pages. An unknown link gets a 404. An expired or revoked link changes nothing, and
// leads to a page that offers a new one.
import "server-only";
import { notFound } from "next/navigation";
import type { OwnRecurringGift } from "../../domain/supporters/own-recurring-gifts";
import { currentTime } from "../clock";
import { database } from "../database";
import { pathInFormLanguage } from "../requested-language";
import { type FormRoute, seeOther, withSameOriginForm } from "../same-origin-form";
import { giftLinkPath, type ReadGiftLinkResult, readGiftLink } from "./gift-link";

type KnownLink = Exclude<ReadGiftLinkResult, { kind: "unknown" }>;

export async function requireKnownGiftLink(token: string): Promise<KnownLink> {
  const link = await readGiftLink(await database(), { token, now: currentTime() });
  return link.kind === "unknown" ? notFound() : link;
}

type LinkForm = {
  form: URLSearchParams;
  gift: OwnRecurringGift;
  /** The path of the gift's page without a language. The flash message belongs to this path. */
  path: string;
  /** The path of the gift's page, in the form's language. */
  page: string;
  readAgain: () => Promise<OwnRecurringGift>;
};

/** Handles a form on the page of a gift link. Calls `handle` only if that link is still valid. */
export function withGiftLink(handle: (sent: LinkForm) => Promise<Response>): FormRoute<{ token: string }> {
  return withSameOriginForm<{ token: string }>(giftLinkPathInFormLanguage, async ({ form, params: { token } }) => {
    const [path, page] = [giftLinkPath(token), giftLinkPathInFormLanguage({ form, params: { token } })];
    const { kind, linked } = await requireKnownGiftLink(token);
    if (kind === "old") return seeOther(page);
    const readAgain = async () => (await requireKnownGiftLink(token)).linked.gift;
    return handle({ form, gift: linked.gift, path, page, readAgain });
  });
}

export function giftLinkPathInFormLanguage({
  form,
  params,
}: {
  form: URLSearchParams;
  params: { token: string };
}): string {
  return pathInFormLanguage(giftLinkPath(params.token), form);
}
