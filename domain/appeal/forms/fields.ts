import type { Money } from "../../money";
import type { Publication } from "../../publication";

export type TextByFormField = Readonly<Record<string, string>>;

/** Why a form field was refused. Each `reason` has its text in the message `appeals.problem.REASON`. */
export type FieldProblem = {
  field: string;
  reason: string;
  values?: Record<string, string | number>;
  limit?: Money | null;
};

export type ParseAppealPartResult<T> = { kind: "value"; value: T } | { kind: "refused"; problems: FieldProblem[] };

export type PublicationAndArticles = {
  publication: Publication;
  articles: readonly { id: string; slug: string; kicker: string }[];
};
