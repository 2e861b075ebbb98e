// The page of a supporter who was merged or erased. Old links, for example in the audit log, still lead to it.
import { translator } from "@/content/messages";
import { lastCharactersOfId } from "@/domain/newsroom/latest";
import type { FindSupporterResult } from "@/domain/newsroom/people/supporter";
import { formatDay } from "../../site/format-day";
import { PeopleScreenFrame } from "./people-screen-frame";

type Former = Extract<FindSupporterResult, { kind: "merged" | "erased" }>;

export function MergedOrErasedSupporterScreen({ locale, id, former }: { locale: string; id: string; former: Former }) {
  const t = translator(locale);
  return (
    <PeopleScreenFrame
      title={t("people.supporter.title", { id: lastCharactersOfId(id) })}
      back={{ href: "/newsroom/people", label: t("people.back") }}
      notice={{
        kind: "info",
        title: t(`people.${former.kind}.title`),
        text: t(`people.${former.kind}.text`, { day: formatDay(former.at, { locale }) }),
      }}
    >
      {former.kind === "merged" ? (
        <p>
          <a href={`/newsroom/people/${former.into}`}>{t("people.merged.open")}</a>
        </p>
      ) : null}
    </PeopleScreenFrame>
  );
}
