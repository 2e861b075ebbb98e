import type { Translate } from "@/content/messages";
import { EXPERIMENT_GIFT_WINDOW_DAYS } from "@/domain/appeal/experiment";
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

/**
 * Shows the result of a colleague's last action on an experiment. Shows nothing if the result is unknown: another
 * version of the site can have written it into the cookie.
 */
export function ExperimentNotice({ t, flash }: { t: Translate; flash: unknown }) {
  if (!isKnown(flash)) return null;
  return (
    <Notice kind={KINDS[flash]}>
      <p>{t(`experiments.said.${flash}`, { days: EXPERIMENT_GIFT_WINDOW_DAYS })}</p>
    </Notice>
  );
}

function isKnown(flash: unknown): flash is keyof typeof KINDS {
  return typeof flash === "string" && Object.hasOwn(KINDS, flash);
}
