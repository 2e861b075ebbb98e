import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ConfirmActionScreen } from "@/components/newsroom/people/confirm-action-screen";
import { LostMailboxCheckbox } from "@/components/newsroom/people/lost-mailbox-checkbox";
import { MergeSearchScreen, summarizeSupportersToMerge } from "@/components/newsroom/people/merge-search-screen";
import { translator } from "@/content/messages";
import { lastCharactersOfId } from "@/domain/newsroom/latest";
import { findSupporterRecord } from "@/domain/newsroom/people/supporter";
import { requireStaffAndFreshFactor } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { findTypedStaffReason, flashMessageWithFormFields } from "@/systems/people/staff-act-reason";

export const dynamic = "force-dynamic";

const REFUSALS = ["none", "same"] as const;

type Props = { params: Promise<{ supporterId: string }>; searchParams: Promise<{ other?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { supporterId } = await params;
  const { locale } = await requireStaffAndFreshFactor("people", `/newsroom/people/${supporterId}/merge`);
  return { title: translator(locale)("people.merge.title") };
}

export default async function MergeSupportersPage({ params, searchParams }: Props) {
  const { supporterId } = await params;
  const supporter = `/newsroom/people/${supporterId}`;
  const path = `${supporter}/merge`;
  const { other: otherId } = await searchParams;
  const isNamed = typeof otherId === "string";
  const { locale } = await requireStaffAndFreshFactor(
    "people",
    isNamed ? `${path}?${new URLSearchParams({ other: otherId })}` : path,
  );
  const [db, now, t] = [await database(), currentTime(), translator(locale)];
  const found = await findSupporterRecord(db, { supporterId, now });
  if (found.kind !== "known") return notFound();
  const note = flashMessageWithFormFields(await readFlashMessage(path));
  const other =
    isNamed && otherId !== supporterId ? await findSupporterRecord(db, { supporterId: otherId, now }) : null;
  const back = { href: supporter, label: t("people.supporter.title", { id: lastCharactersOfId(supporterId) }) };
  const refusal = REFUSALS.find((each) => each === note.refusal) ?? null;
  if (other?.kind !== "known")
    return (
      <MergeSearchScreen
        t={t}
        path={path}
        back={back}
        refusal={refusal}
        typed={typeof note.what === "string" ? note.what : ""}
      />
    );
  return (
    <ConfirmActionScreen
      t={t}
      title={t("people.merge.question")}
      preview={[
        t("people.merge.will", {
          payments: found.record.payments,
          gifts: found.record.recurringGifts.filter(({ standing }) => standing !== "ended").length,
        }),
        t("people.merge.mails"),
      ]}
      facts={summarizeSupportersToMerge(t, { from: found.record, into: other.record })}
      action={`${path}/confirm`}
      back={back}
      submitLabel={t("people.merge.submit")}
      cancelLabel={t("people.confirm.keep")}
      hidden={{ other: other.record.id }}
      typedReason={findTypedStaffReason(note)}
    >
      <LostMailboxCheckbox t={t} isLost={note.lost === "yes"} />
    </ConfirmActionScreen>
  );
}
