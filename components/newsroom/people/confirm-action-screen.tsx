// Asks a colleague to confirm an action. The form sends a random id and the state that the page showed. So the site can
// refuse a form that was already sent or is out of date.

import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { Button, LinkStyledAsButton } from "../../ui/button";
import { DescriptionList } from "../../ui/fact-list";
import { HiddenFields } from "../../ui/hidden-fields";
import { type NoticeContent, PeopleScreenFrame } from "./people-screen-frame";
import { ReasonFields, type TypedReasonFields } from "./reason-fields";

type ConfirmActionScreenProps = {
  t: Translate;
  title: string;
  /** One sentence each. */
  preview: readonly string[];
  facts?: readonly (readonly [name: string, value: ReactNode])[];
  action: string;
  back: { href: string; label: string };
  submitLabel: string;
  cancelLabel: string;
  hidden: Record<string, string>;
  typedReason: TypedReasonFields | null;
  notice?: NoticeContent | null;
  /** Shown between the preview and the button. */
  children?: ReactNode;
};

export function ConfirmActionScreen(props: ConfirmActionScreenProps) {
  const {
    t,
    title,
    preview,
    facts = [],
    action,
    back,
    submitLabel,
    cancelLabel,
    hidden,
    typedReason,
    notice = null,
    children,
  } = props;
  return (
    <PeopleScreenFrame title={title} back={back} notice={notice}>
      <div className="people-preview">
        {preview.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {facts.length > 0 ? <DescriptionList className="people-list" facts={facts} /> : null}
      </div>
      <form method="post" action={action} className="people-form">
        <HiddenFields fields={{ ...hidden, request: crypto.randomUUID() }} />
        {children}
        <ReasonFields t={t} purpose="act" typed={typedReason} id="act" />
        <div className="people-choice">
          <Button>{submitLabel}</Button>
          <LinkStyledAsButton kind="quiet" href={back.href}>
            {cancelLabel}
          </LinkStyledAsButton>
        </div>
      </form>
    </PeopleScreenFrame>
  );
}
