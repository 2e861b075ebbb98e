import { colleagueActionRoute, NEWSROOM_SETTINGS_PATH } from "../colleague-action-route";

export const POST = colleagueActionRoute("remove", () => NEWSROOM_SETTINGS_PATH);
