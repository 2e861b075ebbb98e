// Finds the recurring gift that a page for staff shows. An unknown id is a 404.
import "server-only";
import { notFound } from "next/navigation";
import { findRecurringGiftById } from "../../domain/newsroom/people/store/supporter";
import { type RecurringGiftForStaff, recurringGiftForStaff } from "../../domain/newsroom/people/supporter";
import { database } from "../database";

export async function getGiftForStaff(
  id: string,
): Promise<{ gift: RecurringGiftForStaff; supporterId: string | null }> {
  const row = (await findRecurringGiftById(await database(), id)) ?? notFound();
  return { gift: recurringGiftForStaff(row), supporterId: row.supporterId };
}
