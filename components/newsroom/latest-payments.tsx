import type { Translate } from "@/content/messages";
import type { PaymentListItem } from "@/domain/newsroom/latest";
import type { FindArticleHeadline } from "./headline";
import { PaymentsTable } from "./payments/payments-table";

type LatestPaymentsProps = {
  t: Translate;
  payments: readonly PaymentListItem[];
  findHeadline: FindArticleHeadline;
  timeZone: string;
  /** False for colleagues who may not open a payment's page. */
  areLinked: boolean;
};

export function LatestPayments({ t, areLinked, ...rows }: LatestPaymentsProps) {
  return (
    <section className="newsroom-part">
      <h2 id="latest-payments">{t("newsroom.latest.title")}</h2>
      <PaymentsTable t={t} mayOpenPayments={areLinked} labelledBy="latest-payments" {...rows} />
      {areLinked ? (
        <p>
          <a className="payments-all" href="/newsroom/payments">
            {t("payments.all")}
          </a>
        </p>
      ) : null}
    </section>
  );
}
