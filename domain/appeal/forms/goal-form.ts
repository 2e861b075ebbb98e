import { currenciesOf, defaultCurrencyOf, type Publication } from "../../publication";
import { type Goal, parseTypedGoal } from "../goal";
import type { ParseAppealPartResult, TextByFormField } from "./fields";

export function goalFormFields(goal: Goal | null): TextByFormField {
  return goal ? { ...goal } : {};
}

type Terms = Pick<Publication, "currencies" | "reporting">;

export function parseGoalForm(fields: TextByFormField, publication: Terms): ParseAppealPartResult<Goal | null> {
  const { amount = "", currency = "", from = "", until = "", counts = "" } = fields;
  const reporting = publication.reporting?.currency ?? defaultCurrencyOf(publication);
  const checked = parseTypedGoal(
    { amount, currency, from, until, counts },
    { offered: currenciesOf(publication), reporting },
  );
  if (checked.kind === "goal") return { kind: "value", value: checked.goal };
  return { kind: "refused", problems: checked.problems };
}
