import type { Translate } from "@/content/messages";
import type { NoticeContent } from "./people-screen-frame";

export function giftChangeNotice(t: Translate, outcome: unknown): NoticeContent | null {
  switch (outcome) {
    case "done":
      return { kind: "good", title: t("people.done.changed"), text: t("people.done.changed-text") };
    case "failed":
    case "not-taken":
      return { kind: "bad", title: t(`people.done.${outcome}`), text: t(`people.done.${outcome}-text`) };
    case "stale":
    case "under-way":
      return { kind: "info", title: t(`people.done.${outcome}`), text: t(`people.done.${outcome}-text`) };
    case "not-possible":
    case "same":
      return { kind: "info", title: t(`people.done.${outcome}`) };
    case "link-sent":
      return { kind: "good", title: t("people.payment-link.sent") };
    case "link-nothing":
      return { kind: "bad", title: t("people.payment-link.nothing") };
    default:
      return null;
  }
}
