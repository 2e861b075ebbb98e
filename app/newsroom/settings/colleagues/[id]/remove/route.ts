import { SETTINGS, withColleagueVerb } from "../colleague-verb";

export const POST = withColleagueVerb("remove", () => SETTINGS);
