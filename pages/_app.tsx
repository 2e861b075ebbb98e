import type { AppProps } from "next/app";
import { fontClasses } from "@/components/site/fonts";
import "@/components/style/reader.css";

export default function ReaderPages({ Component, pageProps }: AppProps) {
  return (
    <div className={fontClasses}>
      <Component {...pageProps} />
    </div>
  );
}
