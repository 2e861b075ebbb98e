import type { Translate } from "@/content/messages";
import { EVIDENCE_FILE_FIELDS } from "@/domain/newsroom/evidence/files";
import { MESSAGE_STATUSES } from "@/domain/supporters/gift-message";
import { disputeStatusLabel } from "../dispute-words";
import { capitalizedArmName } from "../experiments/words";

/** `arms`: as experimentPlanForAuditLog() writes them, such as `a 50%, hold-out 50%`. */
export function armsText(t: Translate, arms: string): string {
  const armText = (text: string) => {
    const [, arm, share] = /^(.+) (\d+)%$/.exec(text) ?? [];
    return arm ? t("experiments.plan.arm", { arm: capitalizedArmName(t, arm), share }) : text;
  };
  return arms.split(", ").map(armText).join(", ");
}

/** `fields`: names of evidence files, separated by commas. */
export function evidenceFilesText(t: Translate, fields: string): string {
  const fileText = (name: string) => {
    const field = EVIDENCE_FILE_FIELDS.find((each) => each === name);
    return field ? t(`dispute.file.${field}`) : name;
  };
  return fields.split(", ").map(fileText).join(", ");
}

/** `status`: the status of a supporter's message, or Stripe's status of a dispute. */
export function statusText(t: Translate, status: string): string {
  const ofMessage = MESSAGE_STATUSES.find((each) => each === status);
  return ofMessage ? t(`staff.log.message-status.${ofMessage}`) : disputeStatusLabel(t, status);
}
