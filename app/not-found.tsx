import { NotFoundView } from "@/components/site/not-found-view";
import { pageLanguage, titled } from "@/systems/page-language";

export const generateMetadata = titled("error.not-found-title");

export default async function NotFound() {
  return <NotFoundView locale={await pageLanguage()} />;
}
