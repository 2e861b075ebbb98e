import { roundToThousandths } from "./scales";

/** `share`: from 0 to 1. */
export function ShareBar({ locale, share }: { locale: string; share: number }) {
  const text = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);
  return (
    <span className="share-bar">
      <svg className="share-bar-area" aria-hidden="true">
        <rect className="chart-bar chart-tone-1" width={`${roundToThousandths(share * 100)}%`} height="100%" />
      </svg>
      <span className="share-bar-text">{text}</span>
    </span>
  );
}
