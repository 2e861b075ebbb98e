import type { Money } from "../../money";
import type { Publication } from "../../publication";

export type Fields = Readonly<Record<string, string>>;

/** Each `reason` has a message `appeals.problem.REASON`. */
export type FieldProblem = {
  field: string;
  reason: string;
  values?: Record<string, string | number>;
  limit?: Money | null;
};

export type ReadPart<T> = { kind: "value"; value: T } | { kind: "refused"; problems: FieldProblem[] };

export type FormContext = {
  publication: Publication;
  articles: readonly { id: string; slug: string; kicker: string }[];
};
