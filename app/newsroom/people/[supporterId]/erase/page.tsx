import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ConfirmActionScreen } from "@/components/newsroom/people/confirm-action-screen";
import { Field } from "@/components/ui/field";
import { translator } from "@/content/messages";
import { lastCharactersOfId } from "@/domain/newsroom/latest";
import { findSupporterRecord } from "@/domain/newsroom/people/supporter";
import { requireStaffAndFreshFactor } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { findTypedStaffReason, flashMessageWithFormFields } from "@/systems/people/staff-act-reason";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ supporterId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { supporterId } = await params;
  const { locale } = await requireStaffAndFreshFactor("people", `/newsroom/people/${supporterId}/erase`);
  return { title: translator(locale)("people.erase.title") };
}

export default async function EraseSupporterPage({ params }: Props) {
  const { supporterId } = await params;
  const supporter = `/newsroom/people/${supporterId}`;
  const path = `${supporter}/erase`;
  const { locale } = await requireStaffAndFreshFactor("people", path);
  const found = await findSupporterRecord(await database(), { supporterId, now: currentTime() });
  if (found.kind !== "known") return notFound();
  const [t, note, word] = [
    translator(locale),
    flashMessageWithFormFields(await readFlashMessage(path)),
    lastCharactersOfId(supporterId),
  ];
  const running = found.record.recurringGifts.filter(({ standing }) => standing !== "ended");
  return (
    <ConfirmActionScreen
      t={t}
      title={t("people.erase.question")}
      preview={[t("people.erase.gone"), t("people.erase.gifts", { count: running.length }), t("people.erase.stays")]}
      action={`${path}/confirm`}
      back={{ href: supporter, label: t("people.supporter.title", { id: word }) }}
      submitLabel={t("people.erase.submit")}
      cancelLabel={t("people.erase.keep")}
      hidden={{}}
      typedReason={findTypedStaffReason(note)}
    >
      <Field
        id="word"
        name="word"
        label={t("people.erase.type", { word })}
        defaultValue={typeof note.word === "string" ? note.word : ""}
        error={note.mistyped === true ? t("people.erase.mistyped", { word }) : null}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        required
      />
    </ConfirmActionScreen>
  );
}
