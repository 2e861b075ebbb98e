import type { Translate } from "@/content/messages";
import type { MessageNotSavedReason as Problem } from "@/domain/supporters/gift-message";
import { Notice } from "../ui/notice";

export function MessageProblemNotice({ t, problem, minutes }: { t: Translate; problem: Problem; minutes: number }) {
  return <Notice kind="bad" title={t(`messages.problem.${problem}`, { minutes })} />;
}
