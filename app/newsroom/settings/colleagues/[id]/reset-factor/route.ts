import { colleaguePath, withColleagueVerb } from "../colleague-verb";

export const POST = withColleagueVerb("reset-factor", colleaguePath);
