import type { Metadata } from "next";
import { NotFoundView } from "@/components/site/not-found-view";
import { translator } from "@/content/messages";
import { publication } from "@/publication";

const locale = publication.defaultLanguage;

export function generateMetadata(): Metadata {
  return { title: translator(locale)("error.not-found-title") };
}

export default function NotFound() {
  return <NotFoundView locale={locale} />;
}
