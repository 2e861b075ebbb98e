import { colleaguePath, withColleagueVerb } from "../colleague-verb";

export const POST = withColleagueVerb("sign-out", colleaguePath);
