// The roles of colleagues. Their rights are in newsroom/staff/roles.ts.
export const ROLES = ["viewer", "editor", "care", "admin"] as const;
export type Role = (typeof ROLES)[number];
