import { colleagueActionRoute, colleaguePath } from "../colleague-action-route";

export const POST = colleagueActionRoute("reset-factor", colleaguePath);
