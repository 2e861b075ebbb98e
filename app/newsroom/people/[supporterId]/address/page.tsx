import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ConfirmActionScreen } from "@/components/newsroom/people/confirm-action-screen";
import { LostMailboxCheckbox } from "@/components/newsroom/people/lost-mailbox-checkbox";
import { EmailField } from "@/components/ui/field";
import { translator } from "@/content/messages";
import { lastCharactersOfId } from "@/domain/newsroom/latest";
import { findSupporterRecord } from "@/domain/newsroom/people/supporter";
import { requireStaffAndFreshFactor } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { findTypedStaffReason, flashMessageWithFormFields } from "@/systems/people/staff-act-reason";

export const dynamic = "force-dynamic";

const REFUSALS = ["not-an-address", "same", "none"] as const;

type Props = { params: Promise<{ supporterId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { supporterId } = await params;
  const { locale } = await requireStaffAndFreshFactor("people", `/newsroom/people/${supporterId}/address`);
  return { title: translator(locale)("people.correct.title") };
}

export default async function CorrectAddressPage({ params }: Props) {
  const { supporterId } = await params;
  const supporter = `/newsroom/people/${supporterId}`;
  const path = `${supporter}/address`;
  const { locale } = await requireStaffAndFreshFactor("people", path);
  const found = await findSupporterRecord(await database(), { supporterId, now: currentTime() });
  if (found.kind !== "known") return notFound();
  const [t, note] = [translator(locale), flashMessageWithFormFields(await readFlashMessage(path))];
  const refusal = REFUSALS.find((each) => each === note.refusal);
  return (
    <ConfirmActionScreen
      t={t}
      title={t("people.correct.title")}
      preview={[t("people.correct.intro")]}
      action={`${path}/confirm`}
      back={{ href: supporter, label: t("people.supporter.title", { id: lastCharactersOfId(supporterId) }) }}
      submitLabel={t("people.correct.submit")}
      cancelLabel={t("people.confirm.keep")}
      hidden={{}}
      typedReason={findTypedStaffReason(note)}
    >
      <EmailField
        id="email"
        name="email"
        label={t("people.correct.address")}
        defaultValue={typeof note.email === "string" ? note.email : ""}
        error={refusal ? t(`people.correct.${refusal}`) : null}
        autoComplete="off"
      />
      <LostMailboxCheckbox t={t} isLost={note.lost === "yes"} />
    </ConfirmActionScreen>
  );
}
