import type { Metadata } from "next";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import type { NoticeContent } from "@/components/newsroom/people/people-screen-frame";
import { type AmountSearch, SearchScreen } from "@/components/newsroom/people/search-screen";
import { type Translate, translator } from "@/content/messages";
import { parseTypedAmount } from "@/domain/giving/typed-amount";
import { parseReceiptNumber } from "@/domain/ledger/receipt-number";
import { type Currency, isStripeCurrency, type Money } from "@/domain/money";
import { findPaymentsByAmountAndDay, listPaymentsByReceiptNumber, parseDay } from "@/domain/newsroom/people/find";
import { currenciesOf, defaultCurrencyOf } from "@/domain/publication";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { database } from "@/systems/database";
import { type FlashMessage, readFlashMessage } from "@/systems/flash-message";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/people";
const { timeZone } = publication;

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("people", PATH);
  return { title: sectionTitle(translator(locale), "people") };
}

/** Amounts, days and receipt numbers may be in the URL. Data that identifies a person is posted instead. */
type Props = { searchParams: Promise<Record<"amount" | "currency" | "day" | "number", string | string[] | undefined>> };

export default async function PeoplePage({ searchParams }: Props) {
  const { locale } = await requireStaff("people", PATH);
  const t = translator(locale);
  const note = await readFlashMessage(PATH);
  const query = await searchParams;
  const { search, wanted } = readSearch(t, query);
  const db = await database();
  const number = typeof query.number === "string" ? parseReceiptNumber(query.number) : null;
  return (
    <SearchScreen
      locale={locale}
      timeZone={timeZone}
      typed={typeof note?.typed === "string" ? note.typed : ""}
      notice={toldBy(t, note)}
      currencies={currenciesOf(publication)}
      search={search}
      found={
        number
          ? await listPaymentsByReceiptNumber(db, number)
          : wanted && (await findPaymentsByAmountAndDay(db, { ...wanted, timeZone }))
      }
    />
  );
}

const NONE = ["address", "receipt", "stripe", "unknown"] as const;

function toldBy(t: Translate, note: FlashMessage | null): NoticeContent | null {
  if (note?.none === "seat") return { kind: "info", title: t("people.find.seat"), text: t("people.find.seat-text") };
  const none = NONE.find((each) => each === note?.none);
  return none ? { kind: "bad", title: t(`people.find.none.${none}`), text: t(`people.find.none.${none}-text`) } : null;
}

type Query = Awaited<Props["searchParams"]>;

function readSearch(
  t: Translate,
  query: Query,
): { search: AmountSearch; wanted: { money: Money; day: string } | null } {
  const text = (value: Query[keyof Query]) => (typeof value === "string" ? value : "");
  const [amount, day] = [text(query.amount), text(query.day)];
  const currency: Currency = isStripeCurrency(text(query.currency))
    ? (text(query.currency) as Currency)
    : defaultCurrencyOf(publication);
  const search = { amount, currency, day, refusal: null };
  if (!amount && !day) return { search, wanted: null };
  const parsed = parseTypedAmount(amount, currency);
  const refuse = (field: "amount" | "day") => {
    return { search: { ...search, refusal: { field, text: t(`people.amount.refused.${field}`) } }, wanted: null };
  };
  if (parsed.kind === "refused") return refuse("amount");
  const parsedDay = parseDay(day);
  return parsedDay ? { search, wanted: { money: parsed.money, day: parsedDay } } : refuse("day");
}
