import type { GetServerSideProps, PageConfig } from "next";
import { MissingArticle } from "@/components/site/missing-article";
import { type MissingPage, prepareMissingPage } from "@/systems/missing-page";

export const config: PageConfig = { unstable_runtimeJS: false };

export const getServerSideProps: GetServerSideProps<MissingPage> = async ({ req, res }) => ({
  props: prepareMissingPage(req, res),
});

export default function UnknownArticle({ locale }: MissingPage) {
  return <MissingArticle locale={locale} />;
}
