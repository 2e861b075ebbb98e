import { colleagueActionRoute, SETTINGS_PATH } from "../colleague-action-route";

export const POST = colleagueActionRoute("remove", () => SETTINGS_PATH);
