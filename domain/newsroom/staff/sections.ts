// The entries of the newsroom's navigation, in their order, and the right that a colleague needs for each.
import type { Role } from "../../staff-role";
import { hasRight, type StaffRight } from "./roles";

export type NewsroomSection = { name: string; path: string; right: StaffRight };

export const NEWSROOM_NAVIGATION_ITEMS = [
  { name: "today", path: "/newsroom", right: "totals" },
  { name: "income", path: "/newsroom/income", right: "totals" },
  { name: "recurring", path: "/newsroom/recurring", right: "totals" },
  { name: "people", path: "/newsroom/people", right: "people" },
  { name: "messages", path: "/newsroom/messages", right: "people" },
  { name: "appeals", path: "/newsroom/appeals", right: "appeals" },
  { name: "experiments", path: "/newsroom/experiments", right: "appeals" },
  { name: "queue", path: "/newsroom/queue", right: "queue" },
  { name: "exports", path: "/newsroom/exports", right: "exports" },
  { name: "log", path: "/newsroom/log", right: "log" },
  { name: "settings", path: "/newsroom/settings", right: "settings" },
] as const satisfies readonly NewsroomSection[];

export type NewsroomSectionName = (typeof NEWSROOM_NAVIGATION_ITEMS)[number]["name"];

export function listSectionsFor(role: Role) {
  return NEWSROOM_NAVIGATION_ITEMS.filter(({ right }) => hasRight(role, right));
}
