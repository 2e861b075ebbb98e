import { ROLES, type Role } from "../../staff-role";

/** `queue`: tasks that wait for staff. `people`: seeing supporters and making changes for them. `log`: the audit log. */
export const STAFF_RIGHTS = ["totals", "appeals", "queue", "people", "log", "exports", "settings"] as const;
export type StaffRight = (typeof STAFF_RIGHTS)[number];

const RIGHTS: Record<Role, readonly StaffRight[]> = {
  viewer: ["totals"],
  editor: ["totals", "appeals"],
  care: ["totals", "queue", "people"],
  admin: STAFF_RIGHTS,
};

/** Rights that also require a second factor that was entered in the last FRESH_FACTOR_MINUTES. */
const FRESH_RIGHTS: readonly StaffRight[] = ["exports", "settings"];

export function needsFreshCode(right: StaffRight): boolean {
  return FRESH_RIGHTS.includes(right);
}

export function listRights(role: Role): readonly StaffRight[] {
  return RIGHTS[role];
}

export function hasRight(role: Role, right: StaffRight): boolean {
  return RIGHTS[role].includes(right);
}

/** Returns null if the text is not a role, for example a role from a later version of the site. */
export function parseRole(text: string): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}
