import type { Translate } from "@/content/messages";
import type { LocalizedVariant } from "@/domain/appeal/localized-variant";
import { formatMoney, money } from "@/domain/money";
import { defaultCurrencyOf } from "@/domain/publication";
import { publication } from "@/publication";

export function AppealText({ t, appeal }: { t: Translate; appeal: LocalizedVariant }) {
  const { paragraphs, figure, amounts, signature } = appeal;
  return (
    <>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {figure ? (
        <p className="appeal-figure">
          <strong>{figure.number}</strong> <span>{figure.text}</span>
        </p>
      ) : null}
      {amounts.length > 0 ? (
        <ul className="appeal-amounts">
          {amounts.map(({ amount, does }) => (
            <li key={amount}>
              <strong>{formatMoney(money(amount, defaultCurrencyOf(publication)), { locale: t.locale })}</strong>{" "}
              <span>{does}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {signature ? (
        <p className="appeal-signature">
          <em>{signature.name}</em> <span>{signature.role}</span>
        </p>
      ) : null}
    </>
  );
}
