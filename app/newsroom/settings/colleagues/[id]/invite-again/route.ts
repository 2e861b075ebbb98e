import { colleagueActionRoute, colleaguePath } from "../colleague-action-route";

export const POST = colleagueActionRoute("invite-again", colleaguePath);
