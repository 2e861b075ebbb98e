// An unknown id is a 404.
import "server-only";
import { notFound } from "next/navigation";
import { findGiftById } from "../../domain/newsroom/people/store/supporter";
import { type StaffRecurringGift, staffRecurringGift } from "../../domain/newsroom/people/supporter";
import { database } from "../database";

export async function getStaffGift(id: string): Promise<{ gift: StaffRecurringGift; supporterId: string | null }> {
  const row = (await findGiftById(await database(), id)) ?? notFound();
  return { gift: staffRecurringGift(row), supporterId: row.supporterId };
}
