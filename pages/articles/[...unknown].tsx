import type { GetServerSideProps, PageConfig } from "next";
import { MissingArticle } from "@/components/site/missing-article";
import { type MissingPageProps, prepareMissingPage } from "@/systems/missing-page";

export const config: PageConfig = { unstable_runtimeJS: false };

export const getServerSideProps: GetServerSideProps<MissingPageProps> = async ({ req, res }) => ({
  props: prepareMissingPage(req, res),
});

export default function UnknownArticle({ locale }: MissingPageProps) {
  return <MissingArticle locale={locale} />;
}
