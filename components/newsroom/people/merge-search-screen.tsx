import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { lastCharactersOfId } from "@/domain/newsroom/latest";
import type { SupporterForStaff } from "@/domain/newsroom/people/supporter";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { PeopleScreenFrame } from "./people-screen-frame";
import { supporterSummary } from "./supporter-screen";

type MergeSearchScreenProps = {
  t: Translate;
  path: string;
  back: { href: string; label: string };
  refusal: "none" | "same" | null;
  typed: string;
};

export function MergeSearchScreen({ t, path, back, refusal, typed }: MergeSearchScreenProps) {
  return (
    <PeopleScreenFrame title={t("people.merge.title")} facts={t("people.merge.intro")} back={back}>
      <form method="post" action={`${path}/find`} className="people-form">
        <Field
          id="what"
          name="what"
          label={t("people.merge.other")}
          error={refusal ? t(`people.merge.${refusal}`) : null}
          defaultValue={typed}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          required
        />
        <Button kind="quiet">{t("people.merge.find")}</Button>
      </form>
    </PeopleScreenFrame>
  );
}

export function summarizeSupportersToMerge(
  t: Translate,
  { from, into }: Record<"from" | "into", SupporterForStaff>,
): (readonly [string, ReactNode])[] {
  const line = (record: SupporterForStaff) => `${lastCharactersOfId(record.id)}. ${supporterSummary(t, record)}`;
  return [
    [t("people.merge.this"), line(from)],
    [t("people.merge.that"), line(into)],
  ];
}
