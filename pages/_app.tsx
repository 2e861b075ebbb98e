import type { AppProps } from "next/app";
import "@/components/style/reader.css";

export default function ReaderPages({ Component, pageProps }: AppProps) {
  return (
    <div className="fonts own-fonts">
      <Component {...pageProps} />
    </div>
  );
}
