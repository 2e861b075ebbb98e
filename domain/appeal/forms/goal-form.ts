// The goal of an appeal as form fields. The ticker has none: it comes from the ledger.
import { currenciesOf, type Publication } from "../../publication";
import { checkGoal, type Goal } from "../goal";
import type { Fields, ReadPart } from "./part-form";

export function goalFields(goal: Goal | null): Fields {
  return goal ? { ...goal } : {};
}

export function readGoal(fields: Fields, publication: Pick<Publication, "currencies">): ReadPart<Goal | null> {
  const { amount = "", currency = "", from = "", until = "" } = fields;
  const checked = checkGoal({ amount, currency, from, until }, currenciesOf(publication));
  if (checked.kind === "goal") return { kind: "value", value: checked.goal };
  return { kind: "refused", problems: checked.problems };
}
