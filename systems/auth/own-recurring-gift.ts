// A recurring gift for the eyes and hands of its giver only; for everyone else there is no such page.
import "server-only";
import { notFound } from "next/navigation";
import { findOwnRecurringGift, type OwnRecurringGift } from "../../domain/supporters/own-recurring-gifts";
import { database } from "../database";
import { requireViewer } from "./viewer";

/** `next`: where to come back to after signing in. */
export async function requireOwnRecurringGift(
  id: string,
  next: string,
): Promise<{ gift: OwnRecurringGift; locale: string }> {
  const { supporterId, locale } = await requireViewer(next);
  const gift = supporterId ? await findOwnRecurringGift(await database(), { id, supporterId }) : null;
  return { gift: gift ?? notFound(), locale };
}
