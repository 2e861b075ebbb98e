import { NotFoundView } from "@/components/site/not-found-view";
import { pageLanguage, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("error.not-found-title");

export default async function NotFoundPage() {
  return <NotFoundView locale={await pageLanguage()} />;
}
