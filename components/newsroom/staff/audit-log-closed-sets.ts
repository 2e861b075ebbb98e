import type { MessageKey, Translate } from "@/content/messages";
import type { StaffActValues } from "@/domain/newsroom/staff/act-values";

/** The text of each value that is possible. */
export type ClosedSet<Value extends string> = Record<Value, (t: Translate) => string>;

export function closedSet<Value extends string>(
  values: readonly Value[],
  text: (t: Translate, value: Value) => string,
): ClosedSet<Value> {
  const texts = values.map((value) => [value, (t: Translate) => text(t, value)]);
  return Object.fromEntries(texts) as ClosedSet<Value>;
}

function closedSetOfMessages<Value extends string>(keys: Record<Value, MessageKey>): ClosedSet<Value> {
  return closedSet(Object.keys(keys) as Value[], (t, value) => t(keys[value]));
}

export const SECOND_FACTORS = closedSetOfMessages<StaffActValues["with"]>({
  app: "staff.account.app.title",
  "recovery-code": "staff.code.lost.label",
  passkey: "staff.log.factor.passkey",
});

export const REASONS = closedSetOfMessages<StaffActValues["why"]>({
  asked: "people.why.asked",
  mistake: "people.why.mistake",
  fraud: "people.why.fraud",
  answer: "people.reveal.why.answer",
  payment: "people.reveal.why.payment",
  misdirected: "people.reveal.why.misdirected",
  law: "people.reveal.why.law",
  dispute: "staff.log.why.dispute",
  other: "people.why.other",
});

export const REQUESTED_CHANGES = closedSetOfMessages<StaffActValues["wish"]>({
  amount: "people.confirm.amount-submit",
  pause: "people.verbs.pause",
  resume: "people.verbs.resume",
  cancel: "people.verbs.cancel",
  stage: "dispute.check.stage",
  submit: "dispute.check.submit",
  accept: "dispute.accept.open",
});

export const OUTCOMES = closedSetOfMessages<StaffActValues["outcome"]>({
  failed: "people.done.failed",
  "not-taken": "people.done.not-taken",
  refused: "dispute.told.no",
  unanswered: "dispute.told.unanswered",
  over: "dispute.told.over",
  changed: "dispute.told.changed",
  unchanged: "dispute.told.unchanged",
});
