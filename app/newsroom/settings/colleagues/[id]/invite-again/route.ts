import { colleaguePath, withColleagueVerb } from "../colleague-verb";

export const POST = withColleagueVerb("invite-again", colleaguePath);
