// A recurring gift, for the supporter who gives it. For everyone else it does not exist: they get a 404.
import "server-only";
import { notFound } from "next/navigation";
import { findOwnRecurringGift, type OwnRecurringGift } from "../../domain/supporters/own-recurring-gifts";
import { database } from "../database";
import type { FormRoute } from "../same-origin-form";
import { requireViewer } from "./viewer";
import { withSupporter } from "./with-viewer";

/** `next`: the page to return to after signing in. */
export async function requireOwnRecurringGift(
  id: string,
  next: string,
): Promise<{ gift: OwnRecurringGift; locale: string }> {
  const { supporterId, locale } = await requireViewer(next);
  return { gift: supporterId ? await getOwn(id, supporterId) : notFound(), locale };
}

type GiftForm = {
  form: URLSearchParams;
  gift: OwnRecurringGift;
  /** The gift's own page. */
  path: string;
  /** Reads the gift again, as it is after a change. */
  readAgain: () => Promise<OwnRecurringGift>;
};

/** `below`: where the page with the form is, below the gift's own page. */
export function withOwnRecurringGift(
  below: "" | "/cancel",
  handle: (sent: GiftForm) => Promise<Response>,
): FormRoute<{ id: string }> {
  const pathOf = (id: string) => `/supporters/recurring/${id}`;
  return withSupporter<{ id: string }>(
    ({ params }) => pathOf(params.id) + below,
    async ({ form, params: { id }, viewer }) => {
      const readAgain = () => getOwn(id, viewer.supporterId);
      return handle({ form, gift: await readAgain(), path: pathOf(id), readAgain });
    },
  );
}

async function getOwn(id: string, supporterId: string): Promise<OwnRecurringGift> {
  return (await findOwnRecurringGift(await database(), { id, supporterId })) ?? notFound();
}
