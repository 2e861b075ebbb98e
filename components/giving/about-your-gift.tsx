// This page tells readers what the site's code does. If you change the code, also change the page's texts in
// content/messages/en/about.json.

import type { ReactNode } from "react";
import { type Translate, translator } from "@/content/messages";
import { DEFAULT_MANNERS } from "@/domain/appeal/manners";
import { type TextOrTextByLanguage, wordingIn } from "@/domain/localized";
import { type Publication, recipientNameIn } from "@/domain/publication";
import { pathWithLanguageQuery } from "../site/own-path";
import { DescriptionList } from "../ui/fact-list";

/**
 * `isHighRisk`: true if OUTLET_RISK is `high`. Readers' devices then store nothing about a gift once the tab is closed.
 */
type AboutProps = { locale: string; publication: Publication; isHighRisk: boolean };

export function AboutGivingPage({ locale, publication, isHighRisk }: AboutProps) {
  const t = translator(locale);
  const { contact, name, recipient } = publication;
  const legalName = recipientNameIn(locale, publication);
  const mail = link(`mailto:${contact}`);
  return (
    <div className="page page-narrow about">
      <header className="about-head">
        <h1 className="headline">{t("about.title")}</h1>
        <p className="standfirst">{t("about.intro")}</p>
      </header>
      <Part title={t("about.recipient.title")}>
        <p>{t("about.recipient.text", { legalName, name })}</p>
        <Recipient t={t} publication={publication} />
        <p>{t(recipient.isTaxDeductible ? "about.tax.yes" : "about.tax.no")}</p>
      </Part>
      <Part title={t("about.payment.title")}>
        <p>{t.rich<ReactNode>("about.payment.text", { stripe: link("https://stripe.com/privacy") })}</p>
        <p>{t("about.payment.risk")}</p>
      </Part>
      <Part title={t("about.refunds.title")}>
        <p>{t.rich<ReactNode>("about.refunds.text", { contact, mail, days: recipient.refundDays })}</p>
        <p>{t.rich<ReactNode>("about.refunds.stop", { room: link(pathWithLanguageQuery(t, "/supporters")) })}</p>
      </Part>
      <Part title={t("about.kept.title")}>
        <ul>
          <li>{t("about.kept.email")}</li>
          <li>{t("about.kept.payment")}</li>
          <li>{t("about.kept.origin")}</li>
          <li>{t("about.kept.reminder")}</li>
          {isHighRisk ? null : <li>{t("about.kept.message")}</li>}
          <li>{t("about.kept.signed-in")}</li>
        </ul>
      </Part>
      <Part title={t("about.not-kept.title")}>
        <p>{t("about.not-kept.text")}</p>
      </Part>
      <Part title={t("about.device.title")}>
        <p>{isHighRisk ? t("about.device.neutral") : t("about.device.text", { days: DEFAULT_MANNERS.daysOfRecall })}</p>
      </Part>
      <Part title={t("about.rights.title")}>
        <p>
          {t.rich<ReactNode>("about.rights.text", {
            contact,
            mail,
            room: link(pathWithLanguageQuery(t, "/supporters")),
          })}
        </p>
      </Part>
    </div>
  );
}

function Recipient({ t, publication }: { t: Translate; publication: Publication }) {
  const { contact, productName, recipient, defaultLanguage } = publication;
  const fact = (words: TextOrTextByLanguage | null) => wordingIn(words ?? "", { locale: t.locale, defaultLanguage });
  const rows: [label: string, value: ReactNode][] = [
    [t("about.recipient.name"), fact(recipient.legalName)],
    [t("about.recipient.registration"), fact(recipient.registration)],
    [t("about.recipient.address"), fact(recipient.address)],
    [
      t("about.recipient.contact"),
      <a key="contact" href={`mailto:${contact}`}>
        {contact}
      </a>,
    ],
    [t("about.recipient.statement"), productName],
  ];
  return <DescriptionList className="about-facts" facts={rows} />;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="about-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function link(href: string) {
  return (words: ReactNode[]) => (
    <a key={href} href={href}>
      {words}
    </a>
  );
}
