import { ROLES, type Role } from "../../staff-role";

/**
 * The pages and actions that a right allows. `totals`: the sums of gifts. `queue`: the tasks that wait for staff.
 * `people`: supporters' data, and changes that staff make for them. `log`: the audit log.
 */
export const STAFF_RIGHTS = ["totals", "appeals", "queue", "people", "log", "exports", "settings"] as const;
export type StaffRight = (typeof STAFF_RIGHTS)[number];

const RIGHTS: Record<Role, readonly StaffRight[]> = {
  viewer: ["totals"],
  editor: ["totals", "appeals"],
  care: ["totals", "queue", "people"],
  admin: STAFF_RIGHTS,
};

/** To use these rights, a colleague must have entered their second factor in the last FRESH_FACTOR_MINUTES. */
const FRESH_RIGHTS: readonly StaffRight[] = ["exports", "settings"];

export function needsFreshSecondFactor(right: StaffRight): boolean {
  return FRESH_RIGHTS.includes(right);
}

export function listRights(role: Role): readonly StaffRight[] {
  return RIGHTS[role];
}

export function hasRight(role: Role, right: StaffRight): boolean {
  return RIGHTS[role].includes(right);
}

/** Returns null if the text is no role that this version of the site knows. */
export function parseRole(text: string): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}
