import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";

type AppealScreenFrameProps = {
  t: Translate;
  title: string;
  back: { href: string; text: string };
  children: ReactNode;
};

export function AppealScreenFrame({ title, back, children }: AppealScreenFrameProps) {
  return (
    <div className="newsroom">
      <header className="appeal-head">
        <p>
          <a href={back.href}>{back.text}</a>
        </p>
        <h1>{title}</h1>
      </header>
      {children}
    </div>
  );
}
