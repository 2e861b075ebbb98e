// The form also sends a request id and the state that the page showed, so that a second press, the back button and a
// stale tab have no effect.

import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { Button, LinkButton } from "../../ui/button";
import { HiddenFields } from "../../ui/hidden-fields";
import { FactList, type NoticeText, PeoplePage } from "./people-page";
import { ReasonFields, type TypedReason } from "./reason-fields";

type ConfirmScreenProps = {
  t: Translate;
  title: string;
  /** One sentence each. */
  preview: readonly string[];
  facts?: readonly (readonly [name: string, value: ReactNode])[];
  action: string;
  back: { href: string; label: string };
  submit: string;
  keep: string;
  hidden: Record<string, string>;
  typedWhy: TypedReason | null;
  told?: NoticeText | null;
  /** Between the preview and the button. */
  children?: ReactNode;
};

export function ConfirmScreen(props: ConfirmScreenProps) {
  const { t, title, preview, facts = [], action, back, submit, keep, hidden, typedWhy, told = null, children } = props;
  return (
    <PeoplePage title={title} back={back} told={told}>
      <div className="people-preview">
        {preview.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {facts.length > 0 ? <FactList facts={facts} /> : null}
      </div>
      <form method="post" action={action} className="people-form">
        <HiddenFields fields={{ ...hidden, request: crypto.randomUUID() }} />
        {children}
        <ReasonFields t={t} of="act" typed={typedWhy} id="act" />
        <div className="people-choice">
          <Button>{submit}</Button>
          <LinkButton kind="quiet" href={back.href}>
            {keep}
          </LinkButton>
        </div>
      </form>
    </PeoplePage>
  );
}
