"use client";
// What is shown when a page of ours failed: calm, the same for every failure, with nothing of the error.
import { useFailureWords } from "@/components/site/failure-words";
import { PlainPage } from "@/components/site/plain-page";

export default function Failure({ retry }: { retry: () => void }) {
  const words = useFailureWords();
  return (
    <PlainPage title={words.title}>
      <p>{words.text}</p>
      <p>
        <button type="button" className="button" onClick={() => retry()}>
          {words.again}
        </button>
      </p>
    </PlainPage>
  );
}
