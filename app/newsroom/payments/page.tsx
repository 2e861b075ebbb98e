import type { Metadata } from "next";
import { PaymentsScreen } from "@/components/newsroom/payments/payments-screen";
import { translator } from "@/content/messages";
import { listPayments } from "@/domain/newsroom/payment-list";
import {
  type ParsedPaymentListFilter,
  parsePaymentListFilter,
  paymentListFilterQueryString,
} from "@/domain/newsroom/payment-view";
import { currenciesOf } from "@/domain/publication";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";

export const dynamic = "force-dynamic";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { locale } = await requireView(props);
  return { title: translator(locale)("payments.title") };
}

export default async function PaymentsPage(props: Props) {
  const { locale, view, refused } = await requireView(props);
  const { timeZone } = publication;
  return (
    <PaymentsScreen
      {...{ locale, timeZone, view, refused }}
      now={currentTime()}
      currencies={currenciesOf(publication)}
      page={refused ? null : await listPayments(await database(), { view, timeZone })}
      findHeadline={(id) => findArticleById(id)?.headline ?? null}
    />
  );
}

async function requireView({ searchParams }: Props): Promise<ParsedPaymentListFilter & { locale: string }> {
  const parsed = parsePaymentListFilter(await searchParams);
  const { locale } = await requireStaff("people", `/newsroom/payments?${paymentListFilterQueryString(parsed.view)}`);
  return { ...parsed, locale };
}
