// Finds a recurring gift of the signed-in supporter. If the signed-in person does not own the gift, the response is a
// 404.
import "server-only";
import { notFound } from "next/navigation";
import { findOwnRecurringGift, type OwnRecurringGift } from "../../domain/supporters/own-recurring-gifts";
import { type Db, database } from "../database";
import { type FlashMessage, flashMessageCookie } from "../flash-message";
import { type FormRoute, seeOther } from "../same-origin-form";
import { tryStripeCall } from "../stripe/ask";
import { requireSignedInUser } from "./signed-in-user";
import { withSupporter } from "./with-signed-in-user";

export async function requireOwnRecurringGift(
  id: string,
  next: string,
): Promise<{ gift: OwnRecurringGift; supporterId: string; locale: string }> {
  const { supporterId, locale } = await requireSignedInUser(next);
  if (!supporterId) notFound();
  return { gift: await getOwn(id, supporterId), supporterId, locale };
}

type GiftForm = {
  form: URLSearchParams;
  gift: OwnRecurringGift;
  supporterId: string;
  locale: string;
  path: string;
  readAgain: () => Promise<OwnRecurringGift>;
  /**
   * Makes the change at Stripe. Returns "failed" if Stripe refused it, did not respond in time or could not be reached.
   */
  askStripe: <Result>(
    change: (db: Db, target: { recurringGiftId: string }) => Promise<Result>,
  ) => Promise<Result | "failed">;
  back: (note?: FlashMessage) => Promise<Response>;
};

/**
 * Handles a form of the supporter's own recurring gift. `pathSuffix`: the end of the form page's path, after the path
 * of the gift's page.
 */
export function withOwnRecurringGift(
  pathSuffix: "" | "/cancel",
  handle: (sent: GiftForm) => Promise<Response>,
): FormRoute<{ id: string }> {
  const pathOf = (id: string) => `/supporters/recurring/${id}`;
  return withSupporter<{ id: string }>(
    ({ params }) => pathOf(params.id) + pathSuffix,
    async ({ form, params: { id }, viewer }) => {
      const readAgain = () => getOwn(id, viewer.supporterId);
      const path = pathOf(id);
      const back = async (note?: FlashMessage) => seeOther(path, note && (await flashMessageCookie(path, note)));
      const { supporterId, locale } = viewer;
      const ask: GiftForm["askStripe"] = (change) => askAbout(id, change);
      return handle({ form, gift: await readAgain(), supporterId, locale, path, readAgain, askStripe: ask, back });
    },
  );
}

async function askAbout<Result>(
  recurringGiftId: string,
  change: (db: Db, target: { recurringGiftId: string }) => Promise<Result>,
): Promise<Result | "failed"> {
  const db = await database();
  let result: Result | "failed" = "failed";
  const ask = async () => {
    result = await change(db, { recurringGiftId });
  };
  return (await tryStripeCall(ask, { about: { recurringGift: recurringGiftId } })) === "done" ? result : "failed";
}

async function getOwn(id: string, supporterId: string): Promise<OwnRecurringGift> {
  return (await findOwnRecurringGift(await database(), { id, supporterId })) ?? notFound();
}
