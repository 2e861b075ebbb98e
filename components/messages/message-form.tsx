// Works without a script.
import type { Translate } from "@/content/messages";
import {
  type GiftMessageFormValues,
  MAX_MESSAGE_FIELD_LENGTHS,
  type MessageField,
  type MessageFieldRefusals,
} from "@/domain/supporters/gift-message";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { HiddenFields } from "../ui/hidden-fields";
import { TextArea } from "../ui/text-area";

export type MessageFormProps = {
  t: Translate;
  action: string;
  /** The hidden fields of a form whose URL does not identify the gift. */
  hidden?: Record<string, string>;
  typed: GiftMessageFormValues;
  refusals: MessageFieldRefusals;
  /** True if the sent message replaces an earlier one. */
  replaces?: boolean;
};

export function MessageForm({ t, action, hidden = {}, typed, refusals, replaces = false }: MessageFormProps) {
  const fieldOf = (name: MessageField) => {
    const maxCharacters = MAX_MESSAGE_FIELD_LENGTHS[name];
    const refusal = refusals[name];
    return {
      name,
      defaultValue: typed[name],
      // After a refusal, the field has no `maxlength`, because with it the browser might cut off the text that was too
      // long.
      maxLength: refusal ? undefined : maxCharacters,
      error: refusal ? t(`messages.refused.${refusal}`, { most: maxCharacters }) : null,
    };
  };
  return (
    <form className="message-form" method="post" action={action}>
      <HiddenFields fields={hidden} />
      <TextArea
        id="message-text"
        label={t("messages.text")}
        hint={t("messages.text-hint", { most: MAX_MESSAGE_FIELD_LENGTHS.text })}
        rows={4}
        {...fieldOf("text")}
      />
      <Field
        id="message-dedication"
        label={t("messages.dedication")}
        hint={t("messages.dedication-hint")}
        autoComplete="off"
        {...fieldOf("dedication")}
      />
      <label className="message-check">
        <input type="checkbox" name="mayPublish" value="yes" defaultChecked={typed.mayPublish} />
        <span>
          {t("messages.may-publish")} <small>{t("messages.may-publish-hint")}</small>
        </span>
      </label>
      <Field
        id="message-pen-name"
        label={t("messages.pen-name")}
        hint={t("messages.pen-name-hint")}
        autoComplete="off"
        {...fieldOf("penName")}
      />
      <Button kind="quiet" name="do" value="save">
        {t(replaces ? "messages.save" : "messages.send")}
      </Button>
    </form>
  );
}

/** The form that deletes a message. It needs no confirmation, because the supporter can write the message again. */
export function WithdrawForm({ t, action, hidden = {} }: Pick<MessageFormProps, "t" | "action" | "hidden">) {
  return (
    <form className="message-withdraw" method="post" action={action}>
      <HiddenFields fields={hidden} />
      <Button kind="plain" name="do" value="withdraw">
        {t("messages.withdraw")}
      </Button>
    </form>
  );
}
