import type { Translate } from "@/content/messages";
import type { UnrecordableReason } from "@/domain/ledger/unrecordable";

export function unrecordableReasonText(t: Translate, { why, ...about }: UnrecordableReason): string {
  return t(`newsroom.reason.${why}`, about);
}
