import type { Metadata } from "next";
import { refusalText } from "@/components/giving/refusal-text";
import { giftChangeNotice } from "@/components/newsroom/people/gift-notice";
import { RecurringGiftScreen } from "@/components/newsroom/people/recurring-gift-screen";
import { type Translate, translator } from "@/content/messages";
import { parseGiftAmount } from "@/domain/giving/gift-form";
import type { RecurringGiftForStaff } from "@/domain/newsroom/people/supporter";
import { findNextAttemptIfOverdue } from "@/domain/supporters/next-attempt";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { getGiftForStaff } from "@/systems/people/gift-for-staff";
import { stripeDashboardUrl } from "@/systems/stripe/dashboard";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ amount?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const { locale } = await requireStaff("people", `/newsroom/gifts/${id}`);
  return { title: translator(locale)("people.gift.tab") };
}

export default async function GiftPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/newsroom/gifts/${id}`;
  const { locale } = await requireStaff("people", path);
  const t = translator(locale);
  const { gift, supporterId } = await getGiftForStaff(id);
  const now = currentTime();
  return (
    <RecurringGiftScreen
      locale={locale}
      gift={gift}
      nextAttempt={await findNextAttemptIfOverdue(await database(), { id, now })}
      supporterId={supporterId}
      stripeUrl={stripeDashboardUrl("subscription", gift.subscriptionId)}
      notice={giftChangeNotice(t, (await readFlashMessage(path))?.done)}
      now={now}
      typed={typedIn(t, gift, (await searchParams).amount)}
    />
  );
}

function typedIn(t: Translate, gift: RecurringGiftForStaff, amount: unknown) {
  if (typeof amount !== "string") return null;
  const parsed = parseGiftAmount({ text: amount, currency: gift.currency, publication });
  return parsed.kind === "refused" ? { amount, refusal: refusalText(t, { ...parsed, currency: gift.currency }) } : null;
}
