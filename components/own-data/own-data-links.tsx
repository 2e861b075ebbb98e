import { translator } from "@/content/messages";

export function OwnDataLinks({ locale }: { locale: string }) {
  const t = translator(locale);
  return (
    <section className="supporters-section own-data-links" aria-labelledby="own-data">
      <h2 id="own-data">{t("ownData.title")}</h2>
      <p>{t("ownData.links-text")}</p>
      <ul className="own-data-ways">
        <li>
          <a href="/supporters/own-data">{t("ownData.link")}</a>
        </li>
        <li>
          <a href="/supporters/erase#going-back">{t("ownData.going-back-link")}</a>
        </li>
      </ul>
    </section>
  );
}
