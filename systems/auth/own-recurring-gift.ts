// Loads a recurring gift for its own supporter. Everyone else gets a 404.
import "server-only";
import { notFound } from "next/navigation";
import { findOwnRecurringGift, type OwnRecurringGift } from "../../domain/supporters/own-recurring-gifts";
import { database } from "../database";
import { requireViewer } from "./viewer";

/** `next`: the page to return to after signing in. */
export async function requireOwnRecurringGift(
  id: string,
  next: string,
): Promise<{ gift: OwnRecurringGift; locale: string }> {
  const { supporterId, locale } = await requireViewer(next);
  const gift = supporterId ? await findOwnRecurringGift(await database(), { id, supporterId }) : null;
  return { gift: gift ?? notFound(), locale };
}
