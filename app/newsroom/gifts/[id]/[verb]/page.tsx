import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ConfirmActionScreen } from "@/components/newsroom/people/confirm-action-screen";
import { giftChangePreviewSentences } from "@/components/newsroom/people/gift-preview";
import { recurringAmountText } from "@/components/supporters/recurring-words";
import { translator } from "@/content/messages";
import {
  giftStateFingerprint,
  mayChangeGift,
  parseNewAmountOrPauseMonths,
  parseStaffGiftChangeAction,
} from "@/domain/newsroom/people/staff-gift-changes";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { readFlashMessage } from "@/systems/flash-message";
import { getGiftForStaff } from "@/systems/people/gift-for-staff";
import { findTypedStaffReason } from "@/systems/people/staff-act-reason";

export const dynamic = "force-dynamic";

type Query = Record<"amount" | "months", string | string[] | undefined>;
type Props = { params: Promise<{ id: string; verb: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, verb } = await params;
  const { locale } = await requireStaff("people", `/newsroom/gifts/${id}/${verb}`);
  const giftVerb = parseStaffGiftChangeAction(verb);
  return { title: translator(locale)(giftVerb ? `people.confirm.${giftVerb}` : "people.gift.tab") };
}

export default async function ChangeGiftPage({ params, searchParams }: Props) {
  const { id, verb: text } = await params;
  const path = `/newsroom/gifts/${id}`;
  const { locale } = await requireStaff("people", `${path}/${text}`);
  const t = translator(locale);
  const verb = parseStaffGiftChangeAction(text) ?? notFound();
  const { gift } = await getGiftForStaff(id);
  if (!mayChangeGift(verb, gift)) redirect(path);
  const query = await searchParams;
  const typed = { amount: textOf(query.amount), months: textOf(query.months) };
  const change = parseNewAmountOrPauseMonths({ verb, gift, ...typed, now: currentTime() }, publication);
  if (!change) redirect(`${path}?${new URLSearchParams({ amount: typed.amount })}`);
  return (
    <ConfirmActionScreen
      t={t}
      title={t(`people.confirm.${verb}`)}
      preview={giftChangePreviewSentences(t, { verb, gift, newAmount: change.money, pauseMonths: change.months })}
      action={`${path}/${verb}/confirm`}
      back={{ href: path, label: recurringAmountText(t, gift) }}
      submitLabel={t(`people.confirm.${verb}-submit`)}
      cancelLabel={t("people.confirm.keep")}
      hidden={{ shown: giftStateFingerprint(gift), ...typed }}
      typedReason={findTypedStaffReason(await readFlashMessage(`${path}/${verb}`))}
    />
  );
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}
