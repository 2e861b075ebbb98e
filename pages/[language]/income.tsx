import type { PageConfig } from "next";

export const config: PageConfig = { unstable_runtimeJS: false };

export { default, getServerSideProps } from "../income";
