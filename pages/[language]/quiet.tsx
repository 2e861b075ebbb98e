// The page that quiets the banner, in another language than the publication's default one.
import type { PageConfig } from "next";

export const config: PageConfig = { unstable_runtimeJS: false };

export { default, getServerSideProps } from "../quiet";
