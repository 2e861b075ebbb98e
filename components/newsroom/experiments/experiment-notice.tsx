import type { Translate } from "@/content/messages";
import { GIFT_WINDOW_DAYS } from "@/domain/appeal/experiment";
import { Notice, type NoticeKind } from "../../ui/notice";

const KINDS = {
  saved: "good",
  started: "good",
  ended: "good",
  deleted: "good",
  begun: "info",
  gone: "info",
  another: "bad",
  outdated: "bad",
} as const satisfies Record<string, NoticeKind>;

/** Another version of the site may have written an unknown result into the cookie. */
export function ExperimentNotice({ t, said }: { t: Translate; said: unknown }) {
  if (!isKnown(said)) return null;
  return (
    <Notice kind={KINDS[said]}>
      <p>{t(`experiments.said.${said}`, { days: GIFT_WINDOW_DAYS })}</p>
    </Notice>
  );
}

function isKnown(said: unknown): said is keyof typeof KINDS {
  return typeof said === "string" && Object.hasOwn(KINDS, said);
}
